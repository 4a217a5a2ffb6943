import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@todo/platform/free-port'
import { postgresBinaries } from '@todo/platform/postgres/binaries'
import { initCluster } from '@todo/platform/postgres/cluster'
import { startServer } from '@todo/platform/postgres/server'
import type { PostgresServer } from '@todo/platform/postgres/server'
import { postgresUser } from '@todo/platform/postgres/system-user'

export interface OwnPostgres {
  url: string
  /** Cuts every session; nothing listens then. */
  stop: () => Promise<void>
  /** After `stop`, on the same port with the same data. */
  start: () => Promise<void>
  close: () => Promise<void>
}

const PASSWORD = 'test'

/** A PostgreSQL that a story may take away and bring back. */
export async function createOwnPostgres(): Promise<OwnPostgres> {
  const user = await postgresUser()
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-outage-'))
  if (user) await chown(folder, user.uid, user.gid)
  const binaries = await postgresBinaries(import.meta.resolve('@todo/platform/db'))
  const cluster = { binaries, folder: join(folder, 'pg'), logFile: join(folder, 'postgres.log'), user }
  await initCluster(cluster, PASSWORD)
  const port = await freePort()
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: '100',
  }
  let server: PostgresServer = await startServer(cluster, settings)
  return {
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
    start: async () => {
      server = await startServer(cluster, settings)
    },
    close: async () => {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
