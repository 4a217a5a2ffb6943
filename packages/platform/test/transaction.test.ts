import { AbortedTransactionError, sql } from 'kysely'
import type { Kysely } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../src/db.ts'
import { createLog } from '../src/log.ts'
import { createTestDatabase } from '../src/testing/test-database.ts'
import type { TestDatabase } from '../src/testing/test-database.ts'
import { inTransaction } from '../src/transaction.ts'

interface Tables {
  word: { text: string }
}

let own: TestDatabase
beforeAll(async () => {
  own = await createTestDatabase()
  await own.database.pool.query('create table word (text text primary key)')
})
beforeEach(() => own.database.pool.query('truncate word'))
afterAll(() => own.close())

const insert = (tx: Kysely<Tables>, text: string) => tx.insertInto('word').values({ text }).execute()

async function words(): Promise<string[]> {
  const { rows } = await own.database.pool.query<{ text: string }>('select text from word order by text')
  return rows.map(({ text }) => text)
}

test('what was sent along is there with the rest, and what comes after it sees it', async () => {
  const seen = await inTransaction<Tables, number>(own.database.pool, async ({ tx, sendAlong }) => {
    sendAlong(() => insert(tx, 'a'))
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from word`.execute(tx)
    sendAlong(() => insert(tx, 'b'))
    return rows[0]!.n
  })
  expect(seen).toBe(1)
  expect(await words()).toEqual(['a', 'b'])
})

test('rows are held for ten seconds at most by a process that stops in the middle of a transaction', async () => {
  const limits = await inTransaction<Tables, unknown>(own.database.pool, async ({ tx }) => {
    const { rows } = await sql`show idle_in_transaction_session_timeout`.execute(tx)
    return rows
  })
  expect(limits).toEqual([{ idle_in_transaction_session_timeout: '10s' }])
  const { rows } = await own.database.pool.query('show idle_in_transaction_session_timeout')
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '0' }])
})

test('the first statements of a fresh connection go in order too', async () => {
  for (const text of ['a', 'b', 'c']) {
    const { pool, close } = openDatabase({ url: own.url, name: 'fresh', log: createLog('test', 'silent') })
    await inTransaction<Tables, void>(pool, async ({ tx, sendAlong }) => sendAlong(() => insert(tx, text)))
    expect(await words()).toContain(text)
    await close()
  }
})

test('when what was sent along fails, nothing is kept, and its own error is told', async () => {
  const failing = inTransaction<Tables, void>(own.database.pool, async ({ tx, sendAlong }) => {
    sendAlong(() => insert(tx, 'a'))
    sendAlong(() => insert(tx, 'a'))
    sendAlong(() => insert(tx, 'b'))
  })
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  const waiting = inTransaction<Tables, void>(own.database.pool, async ({ tx, sendAlong }) => {
    sendAlong(() => insert(tx, 'a'))
    sendAlong(() => insert(tx, 'a'))
    await insert(tx, 'b')
  })
  await expect(waiting).rejects.toMatchObject({ code: '23505' })
  expect(await words()).toEqual([])
})

test('what could not be sent is in no transaction: nothing is kept, and why is told', async () => {
  const unsent = async (tx: Kysely<Tables>) => insert(tx, JSON.stringify(1n))
  const failing = inTransaction<Tables, void>(own.database.pool, async ({ tx, sendAlong }) => {
    sendAlong(() => insert(tx, 'kept'))
    sendAlong(() => unsent(tx))
  })
  await expect(failing).rejects.toThrow(/BigInt/)
  const late = inTransaction<Tables, void>(own.database.pool, async ({ tx, sendAlong }) => {
    sendAlong(async () => {
      await Promise.resolve()
      await insert(tx, 'late')
    })
  })
  await expect(late).rejects.toThrow('not sent along')
  expect(await words()).toEqual([])
})

test('a failure that somebody swallowed is no success', async () => {
  const swallowed = inTransaction<Tables, void>(own.database.pool, async ({ tx }) => {
    await insert(tx, 'a')
    await insert(tx, 'a').catch(() => undefined)
  })
  await expect(swallowed).rejects.toThrow(AbortedTransactionError)
  expect(await words()).toEqual([])
})

test('what the work throws undoes what it did, and the connection goes on', async () => {
  const pool = own.database.pool
  const before = pool.totalCount
  const thrown = inTransaction<Tables, void>(pool, async ({ tx, sendAlong }) => {
    sendAlong(() => insert(tx, 'a'))
    throw new Error('not this time')
  })
  await expect(thrown).rejects.toThrow('not this time')
  await inTransaction<Tables, unknown>(pool, ({ tx }) => insert(tx, 'b'))
  expect(await words()).toEqual(['b'])
  expect(pool.totalCount).toBe(Math.max(before, 1))
})

test('a connection that broke is not given to the next', async () => {
  const { pool } = own.database
  const broken = inTransaction<Tables, unknown>(pool, async ({ tx }) => {
    await insert(tx, 'a')
    return sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx)
  })
  await expect(broken).rejects.toThrow(/terminat/)
  await inTransaction<Tables, unknown>(pool, ({ tx }) => insert(tx, 'b'))
  expect(await words()).toEqual(['b'])
})
