import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import type { Database } from '@todo/platform/db'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import { Outbox } from '@todo/platform/outbox'
import { freeDeadLeases, leaseOutbox } from '@todo/platform/outbox-rows'
import { RelayPresence } from '@todo/platform/relay-presence'
import { hasPgBouncer, startPgBouncer } from '@todo/platform/testing/pgbouncer'
import type { TestPooler } from '@todo/platform/testing/pgbouncer'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { inTransaction } from '@todo/platform/transaction'
import { backendService } from '../src/service.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'
import { relayOn } from './relay-on.ts'

const log = createLog('test', 'silent')
const isThere = await hasPgBouncer()

/** On a machine of one's own it is left out where there is no PgBouncer; CI fails. */
describe.skipIf(!isThere && !process.env.CI)('behind a pooler in transaction mode', () => {
  let pooler: TestPooler
  let backend: TestBackend
  let person: Client

  beforeAll(async () => {
    pooler = await startPgBouncer(inject('postgresUrl'))
    backend = await createBackend({ pooler })
    person = await backend.signUp('Ada')
  })
  afterAll(async () => {
    await backend.close().finally(pooler.close)
  })

  async function createOwnDatabase(): Promise<Database> {
    const own = await createTestDatabase(undefined, pooler)
    onTestFinished(own.close)
    await migrate({ pool: own.database.direct, log }, { owner: 'backend', folder: backendService.migrations! })
    return own.database
  }

  test('people are answered and events go out, with many more at once than there are sessions', async () => {
    const titles = Array.from({ length: 200 }, (_, n) => `Task ${n}`)
    const made = await Promise.all(titles.map((title) => person.call('POST', '/tasks', { title })))
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]))
    const completed = made.map(({ body }) => person.call('POST', `/tasks/${(body as { id: string }).id}/complete`))
    expect(new Set((await Promise.all(completed)).map(({ status }) => status))).toEqual(new Set([200]))
    await pollUntil(() => backend.published.filter(({ type }) => type.includes('task.completed')).length >= 200)
    const { pool } = backend.testDatabase.database
    const left = () => pool.query('select from outbox where published_at is null')
    await pollUntil(async () => (await left()).rows.length === 0, { what: 'an empty outbox' })
  })

  test('a relay shows that it lives, and only as long as it does', async () => {
    const own = await createOwnDatabase()
    const locks = async () => {
      const { rows } = await own.pool.query<{ held: number }>(
        `select count(*)::int as held from pg_locks where locktype = 'advisory' and granted
         and database = (select oid from pg_database where datname = current_database())`,
      )
      return rows[0]!.held
    }
    const relay = relayOn(own, async () => {})
    relay.start()
    await pollUntil(async () => (await locks()) === 1)
    await relay.stop()
    await pollUntil(async () => (await locks()) === 0)
  })

  test('what a relay held that died is free at once, and what one holds that lives is not', async () => {
    const { pool, direct } = await createOwnDatabase()
    const outbox = new Outbox('backend', () => new Date())
    outbox.emit('account.deleted', 'a', { userId: 'a', deletedAt: '' })
    await outbox.flush(pool)
    const relay = new RelayPresence(direct, log)
    await relay.ensure()
    expect(await leaseOutbox(pool, relay.owner, 10)).toHaveLength(1)
    await freeDeadLeases(pool)
    expect(await leaseOutbox(pool, 7, 10)).toEqual([])
    relay.leave()
    await pollUntil(async () => {
      await freeDeadLeases(pool)
      return (await leaseOutbox(pool, 7, 10)).length === 1
    })
  })

  test('what a transaction sets ends with it', async () => {
    const { pool } = backend.testDatabase.database
    const limit = `select current_setting('idle_in_transaction_session_timeout') as "limit"`
    const inside = await inTransaction(pool, ({ tx }) => tx.executeQuery(CompiledQuery.raw(limit)))
    expect(inside.rows).toEqual([{ limit: '10s' }])
    const after = await Promise.all(Array.from({ length: 20 }, () => pool.query(limit)))
    expect(new Set(after.flatMap(({ rows }) => rows.map((row: { limit: string }) => row.limit)))).toEqual(
      new Set(['0']),
    )
  })

  test('a change that fails, with statements sent along behind it, spoils no connection for the next one', async () => {
    const { pool } = backend.testDatabase.database
    const text = (n: number) => `select ${n} as n, $1::int as value`
    const fail = () =>
      inTransaction(pool, async ({ tx, sendAlong }) => {
        sendAlong(() => tx.executeQuery(CompiledQuery.raw('select 1 / $1::int', [0])))
        for (const n of [1, 2, 3]) sendAlong(() => tx.executeQuery(CompiledQuery.raw(text(n), [n])))
      })
    for (let times = 0; times < 10; times += 1) {
      await expect(fail()).rejects.toThrow('division by zero')
      const answers = await Promise.all([1, 2, 3].map((n) => pool.query<{ value: number }>(text(n), [n])))
      expect(answers.map(({ rows }) => rows[0]?.value)).toEqual([1, 2, 3])
    }
  })
})
