import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '@todo/platform/free-port'
import { flags, startProcess, untilReady } from './child.ts'
import type { RunningProcess } from './child.ts'
import { daprBinaries } from './dapr-binaries.ts'

const START_MS = 60_000
const STOP_MS = 10_000
const NAME = 'todo-cloud'

export interface SchedulerOptions {
  /** Its jobs and its log; the same one after a restart. */
  dataFolder: string
  /** A free one when left out. */
  port?: number
  env: Record<string, string | undefined>
  /** It takes a while: what is going on. */
  tell?: (line: string) => void
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
export async function startScheduler({
  dataFolder,
  env,
  tell = () => {},
  ...given
}: SchedulerOptions): Promise<Scheduler> {
  const { scheduler } = await daprBinaries({ env, tell })
  const port = given.port ?? (await freePort())
  const healthPort = await freePort()
  const logFile = join(dataFolder, 'scheduler.log')
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
  })
  const isHealthy = () => fetch(`http://127.0.0.1:${healthPort}/healthz`).then(({ ok }) => ok)
  await untilReady(child, isHealthy, { what: "Dapr's scheduler", logFile, withinMs: START_MS })
  return { ...child, address: `127.0.0.1:${port}`, port }
}
