import type pg from 'pg'
import type { MigrationSet } from './migration-files.ts'
import { withLocks } from './migration-locks.ts'
import type { Patience } from './migration-locks.ts'
import { applyFile, ensureMigrationTable, readState, tellNewer } from './migration-table.ts'

export interface Migrator extends Patience {
  pool: pg.Pool
  /** Each file, as soon as it is committed. */
  onApplied?: (owner: string, file: string) => void
}

/**
 * Applies the files of a folder that this database has not seen, each in a transaction. Answers which. A schema that is
 * newer than this code is left as it is, when this code can live with it.
 * @param migrator its pool leads to the database itself: a pooler gives no session to lock in
 * @throws when a file fails (the ones before it stay applied), or when this code cannot run on the schema
 */
export async function migrate(migrator: Migrator, set: MigrationSet): Promise<string[]> {
  const { pool, log, onApplied } = migrator
  return aloneMigrating(pool, async (client) => {
    await withLocks(client, migrator, () => ensureMigrationTable(client))
    const state = await readState(client, set)
    tellNewer(log, state)
    const { owner, pending } = state
    for (const file of pending) {
      await withLocks(client, migrator, () => applyFile(client, owner, file))
      log.debug({ owner, file: file.file }, 'migrated')
      onApplied?.(owner, file.file)
    }
    return pending.map(({ file }) => file)
  })
}

/** The files of one owner that a migration would apply. */
export interface Rehearsal {
  owner: string
  files: string[]
}

/**
 * Runs everything that is pending on the real data, in one transaction that is rolled back. Until then it holds the locks
 * of all the files.
 * @throws what a migration would throw
 */
export async function rehearseMigrations(migrator: Migrator, sets: readonly MigrationSet[]): Promise<Rehearsal[]> {
  return aloneMigrating(migrator.pool, (client) =>
    withLocks(client, { ...migrator, end: 'rollback' }, async () => {
      await ensureMigrationTable(client)
      const would: Rehearsal[] = []
      for (const set of sets) {
        const { owner, pending } = await readState(client, set)
        for (const file of pending) await applyFile(client, owner, file)
        would.push({ owner, files: pending.map(({ file }) => file) })
      }
      return would
    }),
  )
}

/** One migrator at a time in a database, whichever service it migrates. */
const MIGRATION_LOCK = 7_306_419_001

async function aloneMigrating<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`)
    return await work(client)
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    if (!broken) await client.query(`select pg_advisory_unlock(${MIGRATION_LOCK})`)
    // Closing the connection gives the lock back.
    client.release(broken)
  }
}
