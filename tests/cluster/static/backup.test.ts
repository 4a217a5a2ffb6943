import { mkdtemp, readdir, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'
import { startApp } from '../../acceptance/mode.ts'
import { Person } from '../../acceptance/support/person.ts'
import { command, DOKS } from './support/command.ts'
import { readReadme } from './support/readme.ts'

let folder: string
const databases: TestDatabase[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'todo-cloud-backup-'))
})
afterAll(async () => {
  for (const { close } of databases) await close()
  await rm(folder, { recursive: true, force: true })
})

async function freshDatabase(): Promise<string> {
  const database = await createTestDatabase()
  databases.push(database)
  return database.url
}

const run = (script: 'backup' | 'restore', place: string, env: Record<string, string>) =>
  command(`${DOKS}/${script}.sh`, [place], { env })

const SECRETS = {
  AUTH_SECRET: 'kept with the backup, as the README says',
  STREAM_SECRET: 'kept with the backup, as the README says',
  CHANNEL_SECRET: 'kept with the backup, as the README says',
}

test('a dump that was taken while the app ran starts in another database, with people, tasks and history', async () => {
  const from = await freshDatabase()
  const app = await startApp({ database: from, env: SECRETS })
  const ada = await app.signUp()
  const task = await ada.createTask({ title: 'Kept', due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
  await ada.complete(task)
  await ada.nextAfter(task)
  const backup = await run('backup', folder, { DATABASE_URL: from })
  expect(backup).toMatchObject({ code: 0, stderr: '' })
  await ada.createTask({ title: 'After the dump' })
  await app.close()

  const to = await freshDatabase()
  expect(await run('restore', backup.stdout.trim(), { DATABASE_URL: to })).toMatchObject({ code: 0, stderr: '' })
  // What watches the events of a test, and is not of the app.
  await databases.at(-1)!.database.pool.query('drop schema acceptance cascade')
  const restored = await startApp({ database: to, env: SECRETS })
  try {
    const again = new Person(restored.url, ada.email)
    await again.signIn()
    expect((await again.occurrences(task)).map(({ completedAt }) => completedAt === null)).toEqual([false, true])
    expect((await again.history(task)).map(({ type }) => type)).toEqual(['task.completed', 'task.created'])
    expect((await again.tasks('state=all')).map(({ title }) => title)).toEqual(['Kept', 'Kept'])
    await again.complete(await again.nextAfter(task))
  } finally {
    await restored.close()
  }
}, 120_000)

test('what was published can be sent again after Kafka was lost, and nothing happens twice', async () => {
  const [, statement] = /psql "\$DATABASE_URL" --command "(update outbox [^"]+)"/.exec(await readReadme()) ?? []
  const url = await freshDatabase()
  const app = await startApp({ database: url })
  try {
    const ada = await app.signUp()
    const task = await ada.createTask({
      title: 'Told twice',
      due: { date: '2040-01-01' },
      recurrence: { rule: 'FREQ=DAILY' },
    })
    await ada.complete(task)
    await ada.nextAfter(task)
    await pollUntil(() => isAllPublished(), { what: 'all is published' })
    const sentAgain = await command('psql', [url, '--command', statement!])
    expect(sentAgain.stdout).toMatch(/^UPDATE [1-9]/)
    await ada.createTask({ title: 'Wakes the relay' })
    await pollUntil(() => isAllPublished(), { timeoutMs: 30_000, what: 'all is published again' })
    expect(await ada.occurrences(task)).toHaveLength(2)
    expect((await ada.history(task)).map(({ type }) => type)).toEqual(['task.completed', 'task.created'])
  } finally {
    await app.close()
  }

  async function isAllPublished(): Promise<boolean> {
    const { pool } = databases.at(-1)!.database
    const { rows } = await pool.query(
      'select count(*) filter (where published_at is null) as left, count(*) from outbox',
    )
    return Number(rows[0].left) === 0 && Number(rows[0].count) > 0
  }
}, 60_000)

test('a database with something in it is not restored over', async () => {
  const { url, dump } = await smallDump()
  const { code, stderr } = await run('restore', dump, { DATABASE_URL: url })
  expect(code).toBe(1)
  expect(stderr).toContain('not empty: it has 1 tables')
})

test('a dump that was cut off is refused, and leaves the database empty', async () => {
  const { dump } = await smallDump()
  await truncate(dump, 3_000)
  const to = await freshDatabase()
  expect((await run('restore', dump, { DATABASE_URL: to })).code).toBe(1)
  const { rows } = await databases.at(-1)!.database.pool.query("select 1 from pg_tables where schemaname = 'public'")
  expect(rows).toEqual([])
})

test('a backup that fails leaves no file that looks like one', async () => {
  const empty = join(folder, 'failed')
  const { code, stderr } = await run('backup', empty, { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' })
  expect(code).toBe(1)
  expect(stderr).toContain('connection to server')
  expect(await readdir(empty)).toEqual([])
})

test('dumps are kept as long as was asked for, and other files for ever', async () => {
  const { url } = await smallDump()
  const kept = join(folder, 'kept')
  await run('backup', kept, { DATABASE_URL: url })
  const [young] = await readdir(kept)
  for (const name of ['todo-cloud-20200101T000000Z.dump', 'notes.txt']) {
    await writeFile(join(kept, name), '')
    await utimes(join(kept, name), 0, 0)
  }
  await rename(join(kept, young!), join(kept, 'todo-cloud-20990101T000000Z.dump'))
  await run('backup', kept, { DATABASE_URL: url, KEEP_DAYS: '14' })
  const names = await readdir(kept)
  expect(names).toHaveLength(3)
  expect(names).toEqual(expect.arrayContaining(['notes.txt', 'todo-cloud-20990101T000000Z.dump']))
})

test.each(['backup', 'restore'] as const)('%s does not go through a pooler', async (script) => {
  const { dump } = await smallDump()
  const pooled = { DATABASE_URL: 'postgres://u:p@ep-cool-mud-123-pooler.eu-central-1.aws.neon.tech/todo' }
  const { code, stderr } = await run(script, script === 'backup' ? folder : dump, pooled)
  expect(code).toBe(1)
  expect(stderr).toContain('pooler')
})

/** A database with one table of 2,000 rows, and a dump of it. */
async function smallDump(): Promise<{ url: string; dump: string }> {
  const url = await freshDatabase()
  await databases
    .at(-1)!
    .database.pool.query('create table small as select n, md5(n::text) as text from generate_series(1, 2000) as n')
  const { stdout } = await run('backup', await mkdtemp(join(folder, 'small-')), { DATABASE_URL: url })
  return { url, dump: stdout.trim() }
}
