import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { StreamSecret } from '@todo/platform/config'
import { on } from '@todo/platform/service'
import type { Service } from '@todo/platform/service'
import { Listening } from './listening.ts'
import { realtimeMetrics } from './metrics.ts'
import { onTaskUpdate } from './on-task-update.ts'
import { ReplayBuffer } from './replay-buffer.ts'
import { streamRoutes } from './routes.ts'
import { Streams } from './streams.ts'

export const RealtimeConfig = z.object({
  STREAM_SECRET: StreamSecret,
})
export type RealtimeConfig = z.infer<typeof RealtimeConfig>

/** Minutes of notices at our rates, and a few megabytes. */
const KEPT_NOTICES = 5_000
/** Proxies and NATs cut what is silent for half a minute. */
const HEARTBEAT_MS = 15_000

/** Shows every change in every open browser of everyone who may see it. Keeps the last ones in memory, and no tables. */
export const realtimeService: Service<RealtimeConfig> = {
  name: 'realtime',
  isOpen: true,
  config: RealtimeConfig,
  prepare: async ({ config, bus, log, now, metrics }) => {
    const streams = new Streams(new ReplayBuffer({ epoch: randomBytes(6).toString('hex'), capacity: KEPT_NOTICES }))
    const listening = new Listening()
    const ctx = { streams, now, ...realtimeMetrics(metrics, { streams, listening }) }
    let heartbeat: NodeJS.Timeout | undefined
    return {
      routes: (app) => streamRoutes(app, { streams, secret: config.STREAM_SECRET, now }),
      events: [
        on('task-updates', ['task.changed', 'view.changed'], (event) => onTaskUpdate(ctx, event), 'every-replica'),
        on('task-updates', ['listener.probed'], async (event) => listening.hear(event), 'every-replica'),
      ],
      start: async () => {
        heartbeat = setInterval(() => streams.beat(), HEARTBEAT_MS)
        void listening.begin({ bus, log, now }, () => streams.reset())
      },
      stop: async () => {
        clearInterval(heartbeat)
        listening.stop()
        streams.close()
      },
    }
  },
}
