import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import { Outbox } from '@todo/platform/outbox'
import { outboxBacklog } from '@todo/platform/outbox-rows'
import type { RelayOptions } from '@todo/platform/relay'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'
import { backendService } from '../src/service.ts'
import { relayOn } from './relay-on.ts'

const log = createLog('test', 'silent')
let db: TestDatabase

beforeEach(async () => {
  db = await createTestDatabase()
  await migrate({ pool: db.database.pool, log }, { owner: 'backend', folder: backendService.migrations! })
})
afterEach(() => db.close())

/** One committed change. */
async function change(userId: string, deletedAt: string): Promise<void> {
  const outbox = new Outbox('backend', () => new Date())
  outbox.emit('account.deleted', userId, { userId, deletedAt })
  await outbox.flush(db.database.pool)
}

async function leasedRows(): Promise<number> {
  const { rows } = await db.database.pool.query<{ leased: number }>(
    'select count(*)::int as leased from outbox where leased_by is not null and published_at is null',
  )
  return rows[0]!.leased
}

test('while the bus is slow with one subject, others are published, and the subject keeps its order', async () => {
  const published: string[] = []
  const answered = Promise.withResolvers<void>()
  const publish: RelayOptions['bus']['publish'] = async (events) => {
    const [{ subject } = { subject: '' }] = events
    if (subject === 'slow') await answered.promise
    published.push(...events.map((event) => event.subject + (event.data as { deletedAt: string }).deletedAt))
  }
  const { pool } = db.database
  const relay = relayOn(db.database, publish)
  await change('slow', '1')
  relay.start()
  await pollUntil(async () => (await leasedRows()) === 1, { what: 'the slow one is under way' })
  await change('slow', '2')
  await change('quick', '1')
  relay.wake()
  await pollUntil(() => published.length > 0)
  expect(published).toEqual(['quick1'])
  answered.resolve()
  await pollUntil(async () => (await outboxBacklog(pool)).depth === 0)
  await relay.stop()
  expect(published).toEqual(['quick1', 'slow1', 'slow2'])
})

test('what is being published is not published again meanwhile, though the session that shows it was lost', async () => {
  const calls: string[][] = []
  const answered = Promise.withResolvers<void>()
  const publish: RelayOptions['bus']['publish'] = async (events) => {
    calls.push(events.map(({ data }) => (data as { deletedAt: string }).deletedAt))
    await answered.promise
  }
  const { pool } = db.database
  const relay = relayOn(db.database, publish)
  await change('slow', '1')
  relay.start()
  await pollUntil(() => calls.length > 0)
  const sessions = await pool.query(
    "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objsubid = 2",
  )
  expect(sessions.rowCount).toBeGreaterThan(0)
  await change('slow', '2')
  await pollUntil(async () => {
    relay.wake()
    const { rows } = await pool.query("select 1 from pg_locks where locktype = 'advisory' and objsubid = 2")
    return rows.length > 0
  })
  answered.resolve()
  await pollUntil(async () => (await outboxBacklog(pool)).depth === 0)
  await relay.stop()
  expect(calls).toEqual([['1'], ['2']])
})
