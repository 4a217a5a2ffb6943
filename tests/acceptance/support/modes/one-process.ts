import { fileURLToPath } from 'node:url'
import { captureEvents, capturedEvents } from '../captured-events.ts'
import type { Mode } from './mode.ts'

/** `npm start`: everything in one process. */
export const oneProcess: Mode = {
  main: fileURLToPath(new URL('../../../../standalone/src/main.ts', import.meta.url)),
  startMs: 45_000,
  capture: async ({ databaseUrl }) => {
    if (databaseUrl) await captureEvents(databaseUrl)
  },
  events: async ({ databaseUrl }) => (databaseUrl ? capturedEvents(databaseUrl) : []),
  unseen: ['todo.listener.probed.v1'],
  metricsUrls: async (url) => [`${url}/metrics`],
  killRest: async () => {},
}
