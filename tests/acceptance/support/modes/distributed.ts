import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SERVICE_NAMES } from '@todo/platform/service'
import { captureEvents } from '../captured-events.ts'
import { eventsInTopics } from '../topic-events.ts'
import type { Mode } from './mode.ts'

interface ListedProcess {
  name: string
  pid: number
  port: number
}

/** `npm run start:distributed`: five services beside their sidecars, on Kafka. */
export const distributed: Mode = {
  main: fileURLToPath(new URL('../../../../dapr/src/main.ts', import.meta.url)),
  startMs: 120_000,
  capture: async ({ databaseUrl }) => {
    if (databaseUrl) await captureEvents(databaseUrl)
  },
  events: async ({ dataFolder }) => {
    const kafka = (await processes(dataFolder)).find(({ name }) => name === 'kafka')
    // Nothing would be checked, and nobody would know.
    if (!kafka) throw new Error('no Kafka is among the processes: its events cannot be read')
    return eventsInTopics(`127.0.0.1:${kafka.port}`)
  },
  unseen: [],
  metricsUrls: async (_url, { dataFolder }) => {
    const services = (await processes(dataFolder)).filter(({ name }) =>
      SERVICE_NAMES.some((service) => service === name),
    )
    return services.map(({ port }) => `http://127.0.0.1:${port}/metrics`)
  },
  killRest: async ({ dataFolder }) => {
    for (const { pid } of await processes(dataFolder)) kill(pid)
  },
}

async function processes(dataFolder: string): Promise<ListedProcess[]> {
  return JSON.parse(await readFile(join(dataFolder, 'distributed', 'processes.json'), 'utf8')) as ListedProcess[]
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
