import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'
import { holdLists } from './held-lists.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

test('a whole day that is entered while the time zone changes ends, and reminds, in the new zone', async () => {
  const { pool } = backend.testDatabase.database
  const ada = await backend.signUp()
  await ada.call('PATCH', '/me', { timeZone: 'Pacific/Auckland' })
  const held = await holdLists(backend, ada)
  const creating = ada.call('POST', '/tasks', {
    title: 'Pay rent',
    due: { date: '2030-05-02' },
    reminders: [{ kind: 'relative', minutesBefore: 60 }],
  })
  await pollUntil(async () => (await held.waiting()) === 1)
  let moved = false
  const moving = ada.call('PATCH', '/me', { timeZone: 'America/Los_Angeles' }).finally(() => (moved = true))
  await pollUntil(async () => moved || (await held.waiting()) === 2)
  await held.letGo()
  const { status, body: task } = await creating
  expect([status, (await moving).status]).toEqual([201, 200])
  const { rows } = await pool.query(
    'select due_by, remind_at from task t join reminder r on r.task_id = t.id where t.id = $1',
    [task.id],
  )
  expect(rows).toEqual([{ due_by: '2030-05-03T06:59:59.999Z', remind_at: '2030-05-02T15:00:00.000Z' }])
})

test('a zone that is left and taken up again at the same moment is that of the whole days too', async () => {
  const { pool } = backend.testDatabase.database
  const ada = await backend.signUp()
  await ada.call('PATCH', '/me', { timeZone: 'Pacific/Auckland' })
  await ada.createTask({ title: 'Pay rent', due: { date: '2030-05-02' } })
  const zones = ['America/Los_Angeles', 'Pacific/Auckland', 'Asia/Tokyo', 'Pacific/Auckland']
  await Promise.all(zones.map((timeZone) => ada.call('PATCH', '/me', { timeZone })))
  const { rows } = await pool.query(
    `select due_by = end_of_day(due_date, "timeZone") as fits from task join "user" u on u.id = owner_id where u.id = $1`,
    [ada.userId],
  )
  expect(rows).toEqual([{ fits: true }])
})
