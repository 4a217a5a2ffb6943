import type pg from 'pg'
import type { Log } from './log.ts'
import { migrate } from './migrate.ts'

/** Makes the tables that the platform itself has in a database, in either mode. */
export async function migratePlatformTables(pool: pg.Pool, log: Log): Promise<void> {
  await migrate(pool, 'platform', new URL('../migrations/', import.meta.url), log)
}
