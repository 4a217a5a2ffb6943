import { describe, expect, test } from 'vitest'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { pollUntil } from '@todo/platform/testing/poll-until'

describe('a test database', () => {
  test('is empty, UTF-8 and in UTC, and gone after close', async () => {
    const first = await createTestDatabase()
    const second = await createTestDatabase()
    await first.database.pool.query('create table only_here (id int)')
    const { rows } = await second.database.pool.query(`select to_regclass('only_here') as here,
      current_setting('server_encoding') as encoding, current_setting('timezone') as zone`)
    expect(rows).toEqual([{ here: null, encoding: 'UTF8', zone: 'UTC' }])
    await first.close()
    const { rows: left } = await second.database.pool.query('select 1 from pg_database where datname = $1', [
      new URL(first.url).pathname.slice(1),
    ])
    expect(left).toEqual([])
    await second.close()
  })
})

describe('pollUntil', () => {
  test('returns the first answer that is something', async () => {
    let asked = 0
    expect(await pollUntil(() => (++asked < 3 ? null : asked), { intervalMs: 1 })).toBe(3)
  })

  test('says what it waited for and what it saw last', async () => {
    const never = pollUntil(() => Promise.reject(new Error('not yet')), { timeoutMs: 20, what: 'the mail' })
    await expect(never).rejects.toThrow('the mail did not come true within 20 ms; last error: not yet')
  })
})
