import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventName } from '@todo/model/events'
import type { Task } from '@todo/model/task'
import { createEvent } from '@todo/platform/create-event'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createUnitOfWork } from '../src/context.ts'
import { createFiring } from '../src/reminders/firing.ts'
import { ReminderReconciler } from '../src/reminders/reconciler.ts'
import { createLog } from '@todo/platform/log'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

const alarmsOf = (task: Task) => [...backend.jobs.values()].filter((job) => job.data.taskId === task.id)
const alarmAt = (task: Task, at: string) =>
  pollUntil(() => alarmsOf(task).some((job) => job.at.toISOString() === at), { what: `an alarm at ${at}` })
const noAlarm = (task: Task) => pollUntil(() => alarmsOf(task).length === 0, { what: 'no alarm' })
const dueEvents = (task: Task) =>
  backend.published.filter((event) => event.subject === task.id && eventName(event.type) === 'reminder.due')

async function runAlarms(task: Task): Promise<void> {
  for (const job of alarmsOf(task)) await backend.runtime.jobs!['fire-reminder']!(job)
}

const tomorrow = (time: string | null = '09:00') => {
  const date = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  return { date, time, timeZone: time ? 'UTC' : null }
}
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

describe('the alarm', () => {
  test('follows the due date and goes with the task', async () => {
    const due = tomorrow()
    const task = await ada.createTask({ title: 'Call', due, reminders: [{ kind: 'relative', minutesBefore: 15 }] })
    await alarmAt(task, `${due.date}T08:45:00.000Z`)
    await ada.call('PATCH', `/tasks/${task.id}`, { due: { ...due, time: '10:00' } })
    await alarmAt(task, `${due.date}T09:45:00.000Z`)
    expect(alarmsOf(task)).toHaveLength(1)
    await ada.call('POST', `/tasks/${task.id}/complete`)
    await noAlarm(task)
    await ada.call('POST', `/tasks/${task.id}/reopen`)
    await alarmAt(task, `${due.date}T09:45:00.000Z`)
    await ada.call('DELETE', `/tasks/${task.id}`)
    await noAlarm(task)
  })

  test('of a day without a time counts back from nine in the morning of the person, wherever they move', async () => {
    const person = await backend.signUp('Mo')
    const task = await person.createTask({
      title: 'Pay',
      due: { date: '2027-07-01' },
      reminders: [{ kind: 'relative', minutesBefore: 60 }],
    })
    await alarmAt(task, '2027-07-01T07:00:00.000Z')
    await person.call('PATCH', '/me', { timeZone: 'America/New_York' })
    await alarmAt(task, '2027-07-01T12:00:00.000Z')
    expect(alarmsOf(task)).toHaveLength(1)
  })

  test('set in the past fires at once, and more than a day ago is refused', async () => {
    const task = await ada.createTask({ title: 'Just now', reminders: [{ kind: 'absolute', at: inMinutes(-60) }] })
    await pollUntil(() => alarmsOf(task).length === 1)
    await runAlarms(task)
    await pollUntil(() => dueEvents(task).length === 1)
    const refused = await ada.call('POST', '/tasks', {
      title: 'Old',
      reminders: [{ kind: 'absolute', at: inMinutes(-60 * 25) }],
    })
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'reminders.0', message: expect.stringContaining('more than a day ago') }] },
    })
  })

  test('a relative reminder without a due date is refused', async () => {
    const refused = await ada.call('POST', '/tasks', {
      title: 'When?',
      reminders: [{ kind: 'relative', minutesBefore: 5 }],
    })
    expect(refused.body.errors[0]).toMatchObject({ field: 'reminders.0', message: expect.stringContaining('due date') })
  })
})

describe('firing', () => {
  test('happens once, however often the alarm rings, and carries what a channel needs', async () => {
    const task = await ada.createTask({
      title: 'Once',
      due: tomorrow(),
      reminders: [{ kind: 'absolute', at: inMinutes(-1) }],
    })
    await pollUntil(() => alarmsOf(task).length === 1)
    await Promise.all(Array.from({ length: 10 }, () => runAlarms(task)))
    const [event] = await pollUntil(() => dueEvents(task).length > 0 && dueEvents(task))
    expect(dueEvents(task)).toHaveLength(1)
    expect(event!.data).toMatchObject({
      title: 'Once',
      userId: ada.userId,
      recipient: {
        name: 'Ada',
        email: expect.stringContaining('@example.org'),
        timeZone: 'Europe/Lisbon',
        channels: ['in-app', 'email'],
      },
    })
  })

  test('is never early: an alarm that rings before its time changes nothing', async () => {
    const task = await ada.createTask({ title: 'Early', reminders: [{ kind: 'absolute', at: inMinutes(10) }] })
    await pollUntil(() => alarmsOf(task).length === 1)
    await runAlarms(task)
    expect(dueEvents(task)).toEqual([])
  })

  test('an alarm of an older time does not fire a reminder that was moved', async () => {
    const task = await ada.createTask({ title: 'Moved', reminders: [{ kind: 'absolute', at: inMinutes(-5) }] })
    const [old] = await pollUntil(() => alarmsOf(task).length === 1 && alarmsOf(task))
    await ada.call('PATCH', `/tasks/${task.id}`, {
      reminders: [{ id: task.reminders[0]!.id, kind: 'absolute', at: inMinutes(-2) }],
    })
    await backend.runtime.jobs!['fire-reminder']!(old!)
    expect(dueEvents(task)).toEqual([])
  })

  test('the net catches what no alarm rang for, once', async () => {
    const task = await ada.createTask({ title: 'Lost alarm', reminders: [{ kind: 'absolute', at: inMinutes(-3) }] })
    const relay = { wake: () => {} }
    const unitOfWork = createUnitOfWork({
      database: backend.testDatabase.database,
      relay,
      now: () => new Date(),
      log: createLog('t', 'silent'),
    })
    const registry = new Registry()
    const fire = createFiring(unitOfWork, registry, 'a secret of this test')
    const reconciler = new ReminderReconciler(unitOfWork, fire, createLog('t', 'silent'))
    expect(await reconciler.reconcile()).toBeGreaterThan(0)
    expect(await reconciler.reconcile()).toBe(0)
    // Three minutes late.
    expect(await registry.metrics()).toMatch(/todo_reminder_lateness_seconds_bucket\{le="60"\} 0\n.*le="300"\} [1-9]/)
    await ada.call('PATCH', '/me', { name: 'Ada' })
    await pollUntil(() => dueEvents(task).length === 1)
  })

  test('nothing is said of a list in the bin', async () => {
    const list = (await ada.call('POST', '/lists', { name: 'Gone' })).body.id
    const task = await ada.createTask({
      title: 'Hidden',
      listId: list,
      reminders: [{ kind: 'absolute', at: inMinutes(-1) }],
    })
    await pollUntil(() => alarmsOf(task).length === 1)
    await ada.call('DELETE', `/lists/${list}`)
    await runAlarms(task)
    expect(dueEvents(task)).toEqual([])
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
    const { id: taskId } = await person.createTask({ title: 'Dentist', due })
    const data = { reminderId: taskId, taskId, userId: person.userId, remindAt: inMinutes(-1), at: inMinutes(0) }
    const origin = { now: new Date(), source: 'notification' } as const
    const told = { ...data, attempt: 1, channel: 'in-app' as const }
    await backend.deliver(createEvent('reminder.delivered', taskId, told, origin))
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
