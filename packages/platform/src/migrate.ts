import { readFile, readdir } from 'node:fs/promises'
import type pg from 'pg'
import type { Log } from './log.ts'

/** One migrator at a time in a database, whichever service it migrates. */
const MIGRATION_LOCK = 7_306_419_001

/**
 * Applies the `NNNN-name.sql` files of a folder that this database has not seen, each in a transaction.
 * @throws when a file fails (the ones before it stay applied), or when the database is newer than this code
 */
export async function migrate(pool: pg.Pool, owner: string, folder: URL, log: Log): Promise<void> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file)).sort()
  const client = await pool.connect()
  try {
    await client.query(`select pg_advisory_lock(${MIGRATION_LOCK})`)
    try {
      const applied = await appliedMigrations(client, owner)
      const unknown = [...applied].filter((file) => !files.includes(file))
      if (unknown.length > 0) {
        throw new Error(
          `The database was migrated by a newer version of ${owner} (${unknown.join(', ')}): update this one.`,
        )
      }
      for (const file of files.filter((name) => !applied.has(name))) {
        await applyMigration(client, owner, file, await readFile(new URL(file, folder), 'utf8'))
        log.debug({ owner, file }, 'migrated')
      }
    } finally {
      await client.query(`select pg_advisory_unlock(${MIGRATION_LOCK})`)
    }
  } finally {
    client.release()
  }
}

async function appliedMigrations(client: pg.PoolClient, owner: string): Promise<Set<string>> {
  await client.query(`create schema if not exists platform`)
  await client.query(`create table if not exists platform.migration (
    owner text not null, file text not null, applied_at timestamptz not null default now(), primary key (owner, file))`)
  const { rows } = await client.query<{ file: string }>('select file from platform.migration where owner = $1', [owner])
  return new Set(rows.map((row) => row.file))
}

async function applyMigration(client: pg.PoolClient, owner: string, file: string, sql: string): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into platform.migration (owner, file) values ($1, $2)', [owner, file])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`Migration ${owner}/${file} failed: ${(error as Error).message}`, { cause: error })
  }
}
