import type pg from 'pg'
import type { Log } from './log.ts'
import { readMigrations } from './migration-files.ts'
import type { MigrationFile, MigrationSet } from './migration-files.ts'

type Sql = Pick<pg.ClientBase, 'query'>

interface AppliedFile {
  file: string
  breaks: string | null
}

/** What a database has of one owner's migrations, seen by this code. */
export interface MigrationState {
  owner: string
  pending: MigrationFile[]
  /** Applied by a newer version, which this code can live with. */
  newer: string[]
}

/**
 * Makes the table of what was applied. Versions before the column `breaks` know only the others, and refuse a schema that
 * is newer than theirs.
 */
export async function ensureMigrationTable(sql: Sql): Promise<void> {
  if (await hasColumn(sql, 'breaks')) return
  await sql.query('create schema if not exists platform')
  await sql.query(`create table if not exists platform.migration (
    owner text not null, file text not null, applied_at timestamptz not null default now(), primary key (owner, file))`)
  await sql.query('alter table platform.migration add column if not exists breaks text')
}

/** Compares a folder with the database. @throws when the database has what this code cannot run on */
export async function readState(sql: Sql, set: MigrationSet): Promise<MigrationState> {
  const files = await readMigrations(set)
  const applied = await appliedFiles(sql, set.owner)
  const known = new Set(files.map(({ file }) => file))
  const newer = applied.filter(({ file }) => !known.has(file))
  refuseBroken(set.owner, files.at(-1)?.file ?? '', newer)
  const done = new Set(applied.map(({ file }) => file))
  return {
    owner: set.owner,
    pending: files.filter(({ file }) => !done.has(file)),
    newer: newer.map(({ file }) => file),
  }
}

/** Said once at a start. */
export function tellNewer(log: Log, { owner, newer }: MigrationState): void {
  if (newer.length > 0) log.info({ owner, files: newer }, 'the schema is newer than this version, which can run on it')
}

function refuseBroken(owner: string, newest: string, newer: AppliedFile[]): void {
  const breaking = newer.filter(({ breaks }) => breaks !== null && newest <= breaks)
  if (breaking.length === 0) return
  const files = breaking.map(({ file, breaks }) => `${file}, which needs one that is newer than ${breaks}`)
  throw new Error(
    `This version of ${owner} (${newest || 'without a migration'}) cannot run on the database: ` +
      `it was migrated by ${files.join('; by ')}. Start a newer version.`,
  )
}

/** Before the first migration of all there is no table, and before the first of this version no column. */
async function appliedFiles(sql: Sql, owner: string): Promise<AppliedFile[]> {
  if (!(await hasColumn(sql, 'file'))) return []
  const breaks = (await hasColumn(sql, 'breaks')) ? 'breaks' : 'null as breaks'
  const { rows } = await sql.query<AppliedFile>(
    `select file, ${breaks} from platform.migration where owner = $1 order by platform.migration.file`,
    [owner],
  )
  return rows
}

/** Looked at first: `add column if not exists` waits for everybody who reads the table, even when there is nothing to add. */
async function hasColumn(sql: Sql, column: 'file' | 'breaks'): Promise<boolean> {
  const { rows } = await sql.query(
    `select from pg_attribute where attrelid = to_regclass('platform.migration') and attname = $1 and not attisdropped`,
    [column],
  )
  return rows.length > 0
}

/** Runs one file and notes that it was applied, within the transaction of the caller. */
export async function applyFile(sql: Sql, owner: string, { file, sql: text, breaks }: MigrationFile): Promise<void> {
  try {
    await sql.query(text)
  } catch (error) {
    throw new MigrationError(owner, file, error)
  }
  await sql.query('insert into platform.migration (owner, file, breaks) values ($1, $2, $3)', [owner, file, breaks])
}

const NO_TRANSACTION = '25001'

/** A file failed; the code is PostgreSQL's. */
export class MigrationError extends Error {
  override name = 'MigrationError'
  readonly code: string | undefined

  constructor(owner: string, file: string, cause: unknown) {
    const { message, code } = cause as { message: string; code?: string }
    const why = code === NO_TRANSACTION ? '; every migration runs in a transaction' : ''
    super(`Migration ${owner}/${file} failed: ${message}${why}`, { cause })
    this.code = code
  }
}
