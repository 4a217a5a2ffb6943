import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { awaitMigrations } from '@todo/platform/await-migrations'
import { createLog } from '@todo/platform/log'
import { migrate, rehearseMigrations } from '@todo/platform/migrate'
import type { Migrator } from '@todo/platform/migrate'
import type { MigrationSet } from '@todo/platform/migration-files'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'

let db: TestDatabase
let migrator: Migrator
let said: { msg: string; files?: string[] }[]

beforeAll(async () => void (db = await createTestDatabase()))
afterAll(() => db.close())
beforeEach(async () => {
  await db.database.pool.query('drop schema if exists platform cascade; drop table if exists thing')
  said = []
  const log = createLog('test', 'info', { write: (line) => void said.push(JSON.parse(line) as (typeof said)[number]) })
  migrator = { pool: db.database.pool, log, lockTimeoutMs: 50, pausesMs: [] }
})

/** A version of the code: the files that it has. */
async function version(...files: [file: string, sql: string][]): Promise<MigrationSet> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-migrations-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [file, sql] of files) await writeFile(join(folder, file), sql)
  return { owner: 'audit', folder: pathToFileURL(`${folder}/`) }
}

const FIRST = ['0001-thing.sql', 'create table thing (id int, old text)'] as const
const SECOND = ['0002-name.sql', 'alter table thing add column name text'] as const
const THIRD = (mark: string) => ['0003-no-old.sql', `${mark}\nalter table thing drop column old`] as const

async function columns(): Promise<string[]> {
  const { rows } = await db.database.pool.query<{ column_name: string }>(
    `select column_name from information_schema.columns where table_name = 'thing' order by ordinal_position`,
  )
  return rows.map((row) => row.column_name)
}

test('an older version starts on a newer schema, and says once that it is newer', async () => {
  await migrate(migrator, await version([...FIRST], [...SECOND]))
  expect(await migrate(migrator, await version([...FIRST]))).toEqual([])
  expect(said.map(({ msg, files }) => [msg, files])).toEqual([
    ['the schema is newer than this version, which can run on it', ['0002-name.sql']],
  ])
})

test('it refuses a schema that it cannot live with, and names the version that can', async () => {
  const mark = THIRD('-- breaks: 0001-thing.sql')
  await migrate(migrator, await version([...FIRST], [...SECOND], [...mark]))
  const first = await version([...FIRST])
  for (const start of [() => migrate(migrator, first), () => awaitMigrations(migrator, [first])]) {
    await expect(start()).rejects.toThrow(
      'This version of audit (0001-thing.sql) cannot run on the database: it was migrated by 0003-no-old.sql, which needs one that is newer than 0001-thing.sql. Start a newer version.',
    )
  }
  await expect(migrate(migrator, await version([...FIRST], [...SECOND]))).resolves.toEqual([])
})

test('a mark that names no file before it, or gives no reason for nothing, is refused before anything is applied', async () => {
  for (const mark of ['0003-no-old.sql', '0002-nmae.sql', 'nothing', 'nothing:', '']) {
    const set = await version([...FIRST], [...SECOND], [...THIRD(`-- Old is over.\n-- breaks: ${mark}`)])
    await expect(migrate(migrator, set)).rejects.toThrow(`audit/0003-no-old.sql says "breaks: ${mark}"`)
  }
  expect(await columns()).toEqual([])
  const set = await version([...FIRST], [...SECOND], [...THIRD('-- breaks: nothing: nobody has ever read it')])
  await migrate(migrator, set)
  expect(await migrate(migrator, await version([...FIRST]))).toEqual([])
})

test('a database that an earlier version of the migrator made gets the marks too', async () => {
  await db.database.pool.query(`create schema platform; create table platform.migration (
    owner text not null, file text not null, applied_at timestamptz not null default now(), primary key (owner, file));
    create table thing (id int, old text); insert into platform.migration values ('audit', '0001-thing.sql')`)
  await awaitMigrations(migrator, [await version([...FIRST])])
  const set = await version([...FIRST], [...SECOND], [...THIRD('-- breaks: 0002-name.sql')])
  expect(await migrate(migrator, set)).toEqual(['0002-name.sql', '0003-no-old.sql'])
  await expect(migrate(migrator, await version([...FIRST], [...SECOND]))).rejects.toThrow('Start a newer version')
})

test('a migration does not wait long for a busy table, lets others through, and tries again', async () => {
  await migrate(migrator, await version([...FIRST]))
  const busy = await db.database.pool.connect()
  await busy.query('begin; select from thing')
  const set = await version([...FIRST], [...SECOND])
  await expect(migrate(migrator, set)).rejects.toThrow('Migration audit/0002-name.sql failed: canceling statement')
  await db.database.pool.query('select from thing')

  const patient = { ...migrator, pausesMs: Array.from({ length: 100 }, () => 20) }
  const migrating = migrate(patient, set)
  await pollUntil(() => said.some(({ msg }) => msg === 'the tables are busy; the migration tries again'))
  await busy.query('commit')
  busy.release()
  expect(await migrating).toEqual(['0002-name.sql'])
})

test('several that migrate at once apply each file once', async () => {
  const set = await version([...FIRST], [...SECOND])
  const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(migrator, set)))
  expect(applied.flat()).toEqual(['0001-thing.sql', '0002-name.sql'])
})

test('a rehearsal runs everything on the real data, and leaves nothing behind', async () => {
  const set = await version([...FIRST], [...SECOND])
  expect(await rehearseMigrations(migrator, [set])).toEqual([
    { owner: 'audit', files: ['0001-thing.sql', '0002-name.sql'] },
  ])
  expect(await columns()).toEqual([])
  const { rows } = await db.database.pool.query(`select to_regnamespace('platform') as schema`)
  expect(rows).toEqual([{ schema: null }])

  await migrate(migrator, await version([...FIRST]))
  await db.database.pool.query('insert into thing values (1, null)')
  const bad = await version([...FIRST], ['0002-bad.sql', 'alter table thing alter column old set not null'])
  const failure = 'Migration audit/0002-bad.sql failed: column "old" of relation "thing" contains null values'
  await expect(rehearseMigrations(migrator, [bad])).rejects.toThrow(failure)
})

test('a file that cannot run in a transaction is told as such', async () => {
  const set = await version([...FIRST], ['0002-index.sql', 'create index concurrently on thing (id)'])
  await expect(rehearseMigrations(migrator, [set])).rejects.toThrow(
    'Migration audit/0002-index.sql failed: CREATE INDEX CONCURRENTLY cannot run inside a transaction block; every migration runs in a transaction',
  )
})

test('who awaits migrations goes on when somebody has applied them, and gives up in the end', async () => {
  const set = await version([...FIRST], [...SECOND])
  await expect(awaitMigrations({ ...migrator, timeoutMs: 1 }, [set])).rejects.toThrow(
    'Nobody has applied audit/0001-thing.sql, audit/0002-name.sql within 0.001 s (MIGRATIONS=await).',
  )
  const waiting = awaitMigrations(migrator, [set])
  await pollUntil(() => said.some(({ msg }) => msg === 'waiting for migrations'))
  expect(await columns()).toEqual([])
  await migrate(migrator, set)
  await waiting

  const stopping = new AbortController()
  const third = await version([...FIRST], [...SECOND], [...THIRD('-- breaks: 0002-name.sql')])
  const unwanted = awaitMigrations({ ...migrator, signal: stopping.signal }, [third])
  stopping.abort()
  await expect(unwanted).rejects.toThrow('aborted')
})
