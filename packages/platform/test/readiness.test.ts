import pg from 'pg'
import { afterEach, beforeEach, expect, inject, test } from 'vitest'
import { askDatabaseInUse } from '@todo/platform/readiness'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'

let db: TestDatabase
let ask: () => Promise<void>

beforeEach(async () => {
  db = await createTestDatabase()
  ask = askDatabaseInUse(db.database)
})
afterEach(() => db.close())

async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  for (const statement of statements) await client.query(statement)
  await client.end()
}

const name = () => new URL(db.url).pathname.slice(1)
const questions = () => db.database.uses()

test('a database that nothing else uses is asked once, and again after each use', async () => {
  for (let time = 1; time <= 5; time += 1) await ask()
  expect(questions()).toBe(1)
  await db.database.pool.query('select 1')
  for (let time = 1; time <= 5; time += 1) await ask()
  expect(questions()).toBe(3)
})

test('a database that goes is noticed without a use, told each time, and so is its return', async () => {
  await ask()
  const sessions = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name()}'`
  await asSuperuser(`alter database ${name()} allow_connections false`, sessions)
  const isTold = () =>
    ask().then(
      () => false,
      () => true,
    )
  await pollUntil(isTold, { what: 'a refusal' })
  expect([await isTold(), await isTold()]).toEqual([true, true])
  await asSuperuser(`alter database ${name()} allow_connections true`)
  await ask()
})

test('a use that gets no connection is one that is looked into', async () => {
  await ask()
  await asSuperuser(`alter database ${name()} allow_connections false`)
  // The idle connection is still good; the next one is refused.
  const held = await db.database.pool.connect()
  await expect(db.database.pool.query('select 1')).rejects.toThrow('not currently accepting connections')
  await expect(ask()).rejects.toThrow('not currently accepting connections')
  held.release()
  await asSuperuser(`alter database ${name()} allow_connections true`)
  await ask()
})
