import { afterAll, beforeAll, expect, test } from 'vitest'
import { clean } from '../src/housekeeping.ts'
import type { Tables } from '../src/tables.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

test('notices and lines of the delivery log go after 90 days, and not before', async () => {
  const task = await ada.createTask({ title: 'Long ago' })
  const { pool } = backend.testDatabase.database
  for (const days of [89, 91]) {
    const values = [ada.userId, task.id, days]
    await pool.query(
      `insert into notification (id, user_id, kind, task_id, title, body, created_at)
       values (gen_random_uuid(), $1, 'reminder', $2, $3::int || ' days', '', now() - make_interval(days => $3::int))`,
      values,
    )
    await pool.query(
      `insert into delivery (event_id, reminder_id, task_id, user_id, remind_at, channel, status, attempt, at)
       values (gen_random_uuid(), $2, $2, $1, now(), 'email', 'delivered', $3::int, now() - make_interval(days => $3::int))`,
      values,
    )
  }
  await clean(backend.testDatabase.database.kysely<Tables>(), pool)
  const notices = (await ada.call('GET', '/notifications')).body.items
  expect(notices.map(({ title }: { title: string }) => title)).toEqual(['89 days'])
  const lines = (await ada.call('GET', `/tasks/${task.id}/deliveries`)).body.items
  expect(lines.map(({ attempt }: { attempt: number }) => attempt)).toEqual([89])
})
