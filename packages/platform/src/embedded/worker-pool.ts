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
  const pool = new JobsPool({
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

/** After these codes the library waits up to two minutes before it looks again, when the database may be back for long. */
const WAITED_FOR: ReadonlySet<unknown> = new Set(['57P03', 'EHOSTUNREACH', 'ETIMEDOUT'])

/** One whose connections fail without such a code: then the runner ends, and is started again every second. */
class JobsPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: Parameters<pg.Pool['connect']>[0]): void
  override connect(callback?: Parameters<pg.Pool['connect']>[0]): Promise<pg.PoolClient> | void {
    if (callback) return super.connect(callback)
    return super.connect().catch((error: NodeJS.ErrnoException) => {
      throw WAITED_FOR.has(error.code) ? new Error(error.message, { cause: error }) : error
    })
  }
}

/** Makes what the embedded adapters need in a database. */
export async function migratePlatform(pool: pg.Pool, log: Log): Promise<void> {
  await migrate({ pool, log }, PLATFORM_MIGRATIONS)
  await runMigrations({ pgPool: pool })
}
