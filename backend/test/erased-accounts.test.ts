import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { keepDeadLetter, listDeadLetters } from '@todo/platform/dead-letter-table'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { alarmsIn } from './alarms.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

async function withAlarm(person: Client) {
  const reminders = [{ kind: 'absolute', at: '2030-05-02T08:00:00Z' }]
  const task = await person.createTask({ title: 'Renew the passport', reminders })
  await pollUntil(async () => alarmsIn(backend, task).length === 1)
  return task
}

test('with an account go the alarms of its reminders, and the events of it that nobody could handle', async () => {
  const { pool } = backend.testDatabase.database
  const [ada, eve] = [await backend.signUp('Ada'), await backend.signUp('Eve')]
  const [stays, goes] = [await withAlarm(ada), await withAlarm(eve)]
  const letter = (event: Partial<TodoEvent> | string) =>
    keepDeadLetter(pool, {
      consumer: 'notification',
      topic: 'reminders',
      event,
      error: '550 no such user',
      attempts: 9,
    })
  await letter({ id: '1', subject: goes.id })
  await letter({ id: '2', subject: 'digest', data: { recipient: { id: eve.userId } } as never })
  await letter(`no JSON: {"userId":"${eve.userId}"`)
  await letter({ id: '3', subject: stays.id })
  await letter('no JSON')

  expect((await eve.call('POST', '/api/auth/delete-user', { password: 'correct horse battery' })).status).toBe(200)
  expect((await listDeadLetters(pool, 'all')).map(({ event }) => event)).toEqual([
    { id: '3', subject: stays.id },
    'no JSON',
  ])
  await pollUntil(async () => alarmsIn(backend, goes).length === 0)
  expect(alarmsIn(backend, stays)).toHaveLength(1)
})
