import type pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import { leaseOutbox } from '@todo/platform/outbox-rows'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'
import { backendService } from '../src/service.ts'
import { relayOn } from './relay-on.ts'

const log = createLog('test', 'silent')
const OWNER = 7
const LIMIT = 200
const EXPLAIN = 'explain (analyze, buffers, format json)'

let db: TestDatabase
let pool: pg.Pool

beforeEach(async () => {
  db = await createTestDatabase()
  pool = db.database.pool
  await migrate({ pool, log }, { owner: 'backend', folder: backendService.migrations! })
})
afterEach(() => db.close())

async function insertRows(count: number): Promise<void> {
  await pool.query(
    `insert into outbox (key, entry) select gen_random_uuid(), '{"kind":"events","events":[]}' from generate_series(1, $1)`,
    [count],
  )
}

interface Plan {
  'Node Type': string
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
}

/** Pages that a lease looks at, those that it looks at again included. */
async function pagesOfLease(among?: number): Promise<number> {
  let plan: Plan | undefined
  const explaining = {
    async connect() {
      const client = await pool.connect()
      return {
        async query(text: string, values?: unknown[]) {
          if (!text.includes('update outbox')) return client.query(text, values)
          const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`${EXPLAIN} ${text}`, values)
          plan = rows[0]!['QUERY PLAN'][0].Plan
          return { rows: [] }
        },
        release: () => client.release(),
      }
    },
  }
  await leaseOutbox(explaining as unknown as pg.Pool, OWNER, LIMIT, among)
  return plan!['Shared Hit Blocks'] + plan!['Shared Read Blocks']
}

test.each([
  ['that nothing waits', 0],
  ['that all of it waits', 4_000],
])('a lease looks at a few pages for each entry, also where the statistics say %s', async (_, waitingThen) => {
  await insertRows(4_000)
  if (waitingThen === 0) await pool.query('update outbox set published_at = now()')
  await pool.query('vacuum analyze outbox')
  await pool.query('update outbox set published_at = now()')
  await insertRows(1_000)
  for (let round = 1; round <= 3; round += 1) expect(await leaseOutbox(pool, OWNER, LIMIT)).toHaveLength(LIMIT)
  expect(await pagesOfLease()).toBeLessThan(30 * LIMIT)
})

test('a lease among the oldest does not look through the backlog behind them', async () => {
  await insertRows(50_000)
  await pool.query('vacuum analyze outbox')
  expect(await leaseOutbox(pool, OWNER, LIMIT, 5_000)).toHaveLength(LIMIT)
  const ofAll = await pagesOfLease()
  expect(await pagesOfLease(5_000)).toBeLessThan(ofAll - 1_000)
})

test('a relay whose oldest entries all wait for another time publishes what is behind them at once', async () => {
  await insertRows(6_000)
  await pool.query(`update outbox set available_at = now() + interval '1 hour' where seq > 200`)
  await insertRows(1)
  const { rows } = await pool.query<{ last: number }>('select max(seq) as last from outbox')
  const relay = relayOn(db.database, async () => {})
  relay.start()
  const startedAt = performance.now()
  await pollUntil(async () => {
    const last = await pool.query('select from outbox where seq = $1 and published_at is not null', [rows[0]!.last])
    return last.rowCount === 1
  })
  expect(performance.now() - startedAt).toBeLessThan(800)
  await relay.stop()
})
