import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { connectionTo } from '../database-url.ts'
import type { Log } from '../log.ts'
import { migrate } from '../migrate.ts'
import { PLATFORM_MIGRATIONS } from '../platform-tables.ts'

/**
 * The connections of the bus and the scheduler; graphile-worker wants the driver's plain types, not those of `openDatabase`.
 *
 * Their commits do not wait for the disk: taking a job and finishing it are commits too, and waiting for all three was
 * two thirds of the time from a commit to its handler. Nothing is lost by it: whatever becomes durable later, such as the
 * relay's mark or a handler's effect, stands behind them in the same write-ahead log. A crash of the server may only
 * undo the newest of it all together, and then the relay publishes again, or the job runs again.
 */
export function openWorkerPool(url: string, log: Log, maxConnections = 8): pg.Pool {
  const pool = new pg.Pool({
    ...connectionTo(url),
    application_name: 'todo-cloud jobs',
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    options: '-c synchronous_commit=off',
  })
  const onLost = (error: Error) => log.debug({ error: error.message }, 'a database connection of the jobs was lost')
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', onLost))
  return pool
}

/** Makes what the embedded adapters need in a database. */
export async function migratePlatform(pool: pg.Pool, log: Log): Promise<void> {
  await migrate({ pool, log }, PLATFORM_MIGRATIONS)
  await runMigrations({ pgPool: pool })
}
