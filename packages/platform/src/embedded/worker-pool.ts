import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import type { Log } from '../log.ts'
import { migrate } from '../migrate.ts'

/** The connections of the embedded adapters; graphile-worker wants the driver's plain types, not those of `openDatabase`. */
export function openWorkerPool(url: string, log: Log, maxConnections = 8): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'todo-cloud jobs',
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  })
  const onLost = (error: Error) => log.debug({ error: error.message }, 'a database connection of the jobs was lost')
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  return pool
}

/** Makes what the embedded adapters need in a database. */
export async function migratePlatform(pool: pg.Pool, log: Log): Promise<void> {
  await migrate(pool, 'platform', new URL('../../migrations/', import.meta.url), log)
  await runMigrations({ pgPool: pool })
}
