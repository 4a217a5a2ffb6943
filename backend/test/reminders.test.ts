import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventName } from '@todo/model/events'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createUnitOfWork } from '../src/context.ts'
import { createFiring } from '../src/reminders/firing.ts'
import { ReminderReconciler } from '../src/reminders/reconciler.ts'
import { createLog } from '@todo/platform/log'
import { alarmsIn, ringAlarms } from './alarms.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

const alarmsOf = (task: Task) => alarmsIn(backend, task)
const alarmAt = (task: Task, at: string) =>
  pollUntil(() => alarmsOf(task).some((job) => job.at.toISOString() === at), { what: `an alarm at ${at}` })
const noAlarm = (task: Task) => pollUntil(() => alarmsOf(task).length === 0, { what: 'no alarm' })
const dueEvents = (task: Task) =>
  backend.published.filter((event) => event.subject === task.id && eventName(event.type) === 'reminder.due')

const runAlarms = (task: Task) => ringAlarms(backend, task)

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

  test('more than a day ago stays with its task when another one is added', async () => {
    const task = await ada.createTask({ title: 'Long ago', reminders: [{ kind: 'absolute', at: inMinutes(-60) }] })
    backend.setNow(new Date(Date.now() + 2 * 86_400_000))
    const reminders = [...task.reminders, { kind: 'absolute', at: inMinutes(60 * 24 * 3) }]
    const { status, body } = await ada.call('PATCH', `/tasks/${task.id}`, { reminders })
    backend.setNow(null)
    expect([status, body.reminders?.length]).toEqual([200, 2])
  })

  test('that passed while the task was done stays silent when that is opened again and changed', async () => {
    const task = await ada.createTask({ title: 'In time', reminders: [{ kind: 'absolute', at: inMinutes(60) }] })
    await ada.call('POST', `/tasks/${task.id}/complete`)
    await noAlarm(task)
    backend.setNow(new Date(Date.now() + 2 * 60 * 60_000))
    await ada.call('POST', `/tasks/${task.id}/reopen`)
    const later = inMinutes(600)
    const reminders = [...task.reminders, { kind: 'absolute', at: later }]
    await ada.call('PATCH', `/tasks/${task.id}`, { reminders })
    backend.setNow(null)
    await alarmAt(task, later)
    expect(alarmsOf(task)).toHaveLength(1)
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
        channels: ['email'],
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
    const firing = createFiring(unitOfWork, registry, { secret: 'a secret of this test', wantsConfirmed: false })
    const reconciler = new ReminderReconciler(unitOfWork, firing, createLog('t', 'silent'))
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
