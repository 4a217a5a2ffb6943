import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { createEvent } from '@todo/platform/create-event'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { alarmsIn, ringAlarms } from './alarms.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const reminders = [{ kind: 'absolute', at: inMinutes(-1) }]
const runAlarms = (task: Task) => ringAlarms(backend, task)
const untilSet = (task: Task) => pollUntil(() => alarmsIn(backend, task).length === 1)

describe('a reminder that fires', () => {
  test('is shown in the notification centre and its log at once, with nobody to hear of it, and once', async () => {
    const person = await backend.signUp('Ida')
    const task = await person.createTask({ title: 'Shown', reminders })
    await untilSet(task)
    await Promise.all([runAlarms(task), runAlarms(task), runAlarms(task)])
    const { body } = await person.call('GET', '/notifications')
    expect(body).toMatchObject({ unread: 1, items: [{ kind: 'reminder', title: 'Shown', taskId: task.id }] })
    const log = await person.call('GET', `/tasks/${task.id}/deliveries`)
    expect(log.body.items).toMatchObject([
      { channel: 'in-app', status: 'delivered', attempt: 1, firedAt: expect.any(String) },
    ])
  })

  test.each([
    ['completed', (id: string) => ['POST', `/tasks/${id}/complete`]],
    ['completed with others', (id: string) => ['POST', '/tasks/batch', { action: 'complete', ids: [id] }]],
    ['deleted', (id: string) => ['DELETE', `/tasks/${id}`]],
  ] as [string, (id: string) => Parameters<Client['call']>][])(
    'is read once its task is %s, in every tab, and unread when that is taken back',
    async (_, request) => {
      const person = await backend.signUp('Ned')
      const [task, other] = [await person.createTask({ reminders }), await person.createTask({ reminders })]
      for (const one of [task, other]) {
        await untilSet(one)
        await runAlarms(one)
      }
      const unread = async () => (await person.call('GET', '/notifications?state=unread')).body
      expect(await unread()).toMatchObject({ unread: 2 })
      const heard = () =>
        backend.published.filter(
          ({ subject, data }) => subject === person.userId && 'resource' in data && data.resource === 'notifications',
        )
      await pollUntil(() => heard().length === 2)
      const [method, path, body] = request(task.id)
      expect((await person.call(method, path, body)).status).toBeLessThan(300)
      expect(await unread()).toMatchObject({ unread: 1, items: [{ taskId: other.id }] })
      await pollUntil(() => heard().length === 3)
      await person.call('POST', `/tasks/${task.id}/${method === 'DELETE' ? 'restore' : 'reopen'}`)
      expect(await unread()).toMatchObject({ unread: 2 })
      await pollUntil(() => heard().length === 4)
    },
  )

  test('is read once its list is deleted, or it is taken from its task', async () => {
    const person = await backend.signUp('Lil')
    const list = (await person.call('POST', '/lists', { name: 'Trip' })).body
    const [kept, listed] = [
      await person.createTask({ reminders }),
      await person.createTask({ reminders, listId: list.id }),
    ]
    for (const one of [kept, listed]) {
      await untilSet(one)
      await runAlarms(one)
    }
    const unread = async () => (await person.call('GET', '/notifications?state=unread')).body.unread
    expect(await unread()).toBe(2)
    await person.call('DELETE', `/lists/${list.id}`)
    expect(await unread()).toBe(1)
    await person.call('POST', `/lists/${list.id}/restore`)
    expect(await unread()).toBe(2)
    await person.call('DELETE', `/lists/${list.id}`)
    await person.call('PATCH', `/tasks/${kept.id}`, { reminders: [] })
    expect(await unread()).toBe(0)
  })

  test('waits for whoever is changing its task, and keeps nothing that they need', async () => {
    const person = await backend.signUp('Dan')
    const task = await person.createTask({ reminders })
    await untilSet(task)
    const { pool } = backend.testDatabase.database
    const other = await pool.connect()
    await other.query(`begin; set local lock_timeout = '500ms'`)
    await other.query('select from task where id = $1 for no key update', [task.id])
    const ringing = runAlarms(task)
    await pollUntil(async () => {
      const waiting = 'select from pg_stat_activity where datname = current_database() and wait_event_type = $1'
      return (await pool.query(waiting, ['Lock'])).rowCount === 1
    })
    await other.query('update reminder set held_until = null where task_id = $1', [task.id])
    await other.query('commit')
    other.release()
    await ringing
    expect((await person.call('GET', '/notifications')).body.unread).toBe(1)
  })

  test('a notice of a backend of before, which did not show it itself, is shown', async () => {
    const person = await backend.signUp('Old')
    const { id: taskId } = await person.createTask({ title: 'In between' })
    const told = { reminderId: taskId, taskId, userId: person.userId, remindAt: inMinutes(-1), at: inMinutes(0) }
    const origin = { now: new Date(), source: 'notification' } as const
    const event = createEvent('reminder.delivered', taskId, { ...told, attempt: 1, channel: 'in-app' }, origin)
    await backend.deliver(event)
    await backend.deliver(event)
    const { body } = await person.call('GET', '/notifications')
    expect(body.items).toMatchObject([{ kind: 'reminder', title: 'In between' }])
  })
})

describe('the delivery log', () => {
  test.each([
    ['a time', { date: '2026-12-01', time: '09:00', timeZone: 'Asia/Tokyo' }, 'Due Tue, 1 Dec 2026, 01:00'],
    ['a day', { date: '2026-12-01' }, 'Due Tue, 1 Dec 2026'],
    ['no due date', null, ''],
  ])('a notification of a task with %s says when that is where the person is', async (_, due, words) => {
    const person = await backend.signUp('Eve')
    await person.call('PATCH', '/me', { timeZone: 'Europe/Berlin', locale: 'en-GB' })
    const task = await person.createTask({ title: 'Dentist', due, reminders })
    await untilSet(task)
    await runAlarms(task)
    const { body } = await person.call('GET', '/notifications')
    expect(body.items).toMatchObject([{ title: 'Dentist', body: words }])
  })

  test('shows each attempt once, and the notification centre what matters', async () => {
    const person = await backend.signUp('Dee')
    const task = await person.createTask({ title: 'Dentist' })
    const base = {
      reminderId: task.id,
      taskId: task.id,
      userId: person.userId,
      remindAt: inMinutes(-1),
      at: inMinutes(0),
      attempt: 1,
    }
    const origin = { now: new Date(), source: 'notification' } as const
    const inApp = createEvent('reminder.delivered', task.id, { ...base, channel: 'in-app' }, origin)
    const retrying = createEvent(
      'reminder.failed',
      task.id,
      { ...base, channel: 'email', error: 'ECONNREFUSED', retryAt: inMinutes(1) },
      origin,
    )
    const failed = createEvent(
      'reminder.failed',
      task.id,
      { ...base, attempt: 2, channel: 'email', error: '550 no', retryAt: null },
      origin,
    )
    for (const event of [inApp, retrying, failed, failed, inApp]) await backend.deliver(event)
    const { body } = await person.call('GET', `/tasks/${task.id}/deliveries`)
    expect(body.items.map((item: { status: string }) => item.status).toSorted()).toEqual([
      'delivered',
      'failed',
      'retrying',
    ])
    const centre = await person.call('GET', '/notifications')
    expect(centre.body).toMatchObject({ unread: 2 })
    expect(centre.body.items.map((item: { kind: string }) => item.kind).toSorted()).toEqual([
      'delivery-failed',
      'reminder',
    ])
    const read = await person.call('POST', '/notifications/read', { ids: [centre.body.items[0].id] })
    expect(read.body).toEqual({ unread: 1 })
    expect((await person.call('POST', '/notifications/read', {})).body).toEqual({ unread: 0 })
    expect((await person.call('GET', '/notifications?state=unread')).body.items).toEqual([])
  })
})
