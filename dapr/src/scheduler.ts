import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '@todo/platform/free-port'
import { flags, startProcess, untilReady } from './child.ts'
import type { RunningProcess } from './child.ts'
import { daprBinaries } from './dapr-binaries.ts'
import type { Surroundings } from './surroundings.ts'

const START_MS = 60_000
const STOP_MS = 10_000
const NAME = 'todo-cloud'

export interface SchedulerOptions extends Surroundings {
  /** Its jobs and its log; the same one after a restart. */
  dataFolder: string
  /** A free one when left out. */
  port?: number
  /** In the data folder when left out. */
  logFile?: string
}

export interface Scheduler extends RunningProcess {
  /** For sidecars: host:port. */
  address: string
  port: number
}

/**
 * Dapr's scheduler, which keeps the jobs and their times, on the loopback interface.
 * @throws StartError or ProcessStartError
 */
export async function startScheduler(options: SchedulerOptions): Promise<Scheduler> {
  const { dataFolder, env, onSpawn } = options
  const { scheduler } = await daprBinaries(options)
  const port = options.port ?? (await freePort())
  const healthPort = await freePort()
  const logFile = options.logFile ?? join(dataFolder, 'scheduler.log')
  await mkdir(dataFolder, { recursive: true, mode: 0o700 })
  const child = await startProcess({
    program: scheduler,
    args: flags({
      port,
      'override-broadcast-host-port': `127.0.0.1:${port}`,
      'healthz-port': healthPort,
      id: NAME,
      'etcd-initial-cluster': `${NAME}=http://127.0.0.1:${await freePort()}`,
      'etcd-client-port': await freePort(),
      'etcd-data-dir': join(dataFolder, 'jobs'),
      'log-level': 'warn',
      'log-as-json': true,
    }),
    env: { PATH: env.PATH, HOME: env.HOME },
    output: logFile,
    stopWithinMs: STOP_MS,
    onSpawn,
  })
  const isHealthy = () => fetch(`http://127.0.0.1:${healthPort}/healthz`).then(({ ok }) => ok)
  await untilReady(child, isHealthy, { what: "Dapr's scheduler", logFile, withinMs: START_MS })
  return { ...child, address: `127.0.0.1:${port}`, port }
}
