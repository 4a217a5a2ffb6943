import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Registry } from 'prom-client'
import type { Task } from '@todo/model/task'
import { createLog } from '@todo/platform/log'
import { createUnitOfWork } from '../src/context.ts'
import { createFiring } from '../src/reminders/firing.ts'
import { ReminderReconciler } from '../src/reminders/reconciler.ts'
import { createBackend, SECRET } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'
import { ReminderClock } from './reminder-clock.ts'

let backend: TestBackend
let clock: ReminderClock
let nia: Client
beforeAll(async () => {
  backend = await createBackend()
  clock = new ReminderClock(backend)
  nia = await clock.signUp({ quietHours: { from: '22:00', to: '07:00' } })
})
afterEach(() => backend.setNow(null))
afterAll(() => backend.close())

const reminder = (time: string, days = 0) => ({ kind: 'absolute', at: clock.at(time, days) })

/** Rang at 23:00, in quiet hours. */
async function heldTask(person = nia, extra: Record<string, unknown> = {}): Promise<Task> {
  clock.turnTo('20:00')
  const task = await person.createTask({ reminders: [reminder('23:00')], ...extra })
  await clock.untilAlarms(task, `fire-reminder ${clock.at('23:00')}`)
  clock.turnTo('23:00')
  await clock.ring(task)
  expect(clock.told(task)).toEqual(['silent'])
  return task
}

async function afterTheNight(task: Task): Promise<string[]> {
  clock.turnTo('07:00', 1)
  await backend.runtime.jobs!['release-reminder']!({
    name: 'late',
    data: { taskId: task.id, reminderId: task.reminders[0]!.id, remindAt: clock.at('23:00') },
  })
  await clock.untilPublished()
  return clock.told(task)
}

test('in quiet hours a reminder shows in the app, and the rest follows at their end, once', async () => {
  const task = await heldTask()
  await clock.untilAlarms(task, `release-reminder ${clock.at('07:00', 1)}`)
  clock.turnTo('06:59', 1)
  await clock.ring(task)
  expect(clock.told(task)).toEqual(['silent'])
  clock.turnTo('07:00', 1)
  await Promise.all(Array.from({ length: 5 }, () => clock.ring(task)))
  expect(clock.told(task)).toEqual(['silent', 'email'])
  const [shown, sent] = clock.due(task)
  expect(sent!.data.recipient.quiet).toEqual({ from: '22:00', to: '07:00' })
  expect(sent!.id).not.toBe(shown!.id)
  expect([sent!.data.reminderId, sent!.data.remindAt]).toEqual([shown!.data.reminderId, clock.at('23:00')])
})

test('outside of them, and for who has none, everything goes out at once', async () => {
  const other = await clock.signUp()
  for (const [person, time] of [
    [nia, '21:59'],
    [nia, '07:00'],
    [other, '23:00'],
  ] as const) {
    clock.turnTo('06:00')
    const task = await person.createTask({ reminders: [reminder(time)] })
    await clock.untilAlarms(task, `fire-reminder ${clock.at(time)}`)
    clock.turnTo(time)
    await clock.ring(task)
    expect(clock.told(task)).toEqual(['email'])
  }
})

test.each<[string, (task: Task) => Promise<unknown>]>([
  ['completed', (task) => nia.call('POST', `/tasks/${task.id}/complete`)],
  ['deleted', (task) => nia.call('DELETE', `/tasks/${task.id}`)],
  ['given no reminder any more', (task) => nia.call('PATCH', `/tasks/${task.id}`, { reminders: [] })],
  [
    'given another time for it',
    (task) =>
      nia.call('PATCH', `/tasks/${task.id}`, { reminders: [{ ...task.reminders[0], at: clock.at('12:00', 2) }] }),
  ],
  ['snoozed', (task) => nia.call('POST', `/tasks/${task.id}/snooze`, { until: clock.at('12:00', 2) })],
])('what is held of a task that is %s is called off', async (_, change) => {
  const task = await heldTask()
  clock.turnTo('23:30')
  expect(await change(task)).toMatchObject({ status: 200 })
  expect(await afterTheNight(task)).toEqual(['silent'])
  expect(clock.alarms(task).filter((alarm) => alarm.startsWith('release'))).toEqual([])
})

test('opening a task again, or taking it out of the bin, brings nothing back that was held', async () => {
  const done = await heldTask()
  const gone = await heldTask()
  clock.turnTo('23:30')
  await nia.call('POST', `/tasks/${done.id}/complete`)
  await nia.call('POST', `/tasks/${done.id}/reopen`)
  await nia.call('DELETE', `/tasks/${gone.id}`)
  await nia.call('POST', `/tasks/${gone.id}/restore`)
  for (const task of [done, gone]) expect(await afterTheNight(task)).toEqual(['silent'])
})

test('a change of something else, and another reminder, leave it held', async () => {
  const task = await heldTask()
  clock.turnTo('23:30')
  await nia.call('PATCH', `/tasks/${task.id}`, { title: 'Another', priority: 'high' })
  await nia.call('PATCH', `/tasks/${task.id}`, { reminders: [...task.reminders, reminder('12:00', 3)] })
  expect(await afterTheNight(task)).toEqual(['silent', 'email'])
})

test('snoozing calls off what is held of a reminder that stays as well', async () => {
  const due = { date: clock.at('23:00').slice(0, 10), time: '23:10', timeZone: 'UTC' }
  const task = await heldTask(nia, { due, reminders: [{ kind: 'relative', minutesBefore: 10 }] })
  clock.turnTo('23:30')
  const { body } = await nia.call('POST', `/tasks/${task.id}/snooze`, { until: clock.at('12:00', 2) })
  expect(body.reminders).toMatchObject([{ kind: 'relative' }, { kind: 'absolute' }])
  await clock.untilAlarms(task, `fire-reminder ${clock.at('12:00', 2)}`)
  expect(await afterTheNight(task)).toEqual(['silent'])
})

test('a task that counts back from its due date is called off when that moves, and rings again then', async () => {
  clock.turnTo('20:00')
  const due = { date: clock.at('23:00').slice(0, 10), time: '23:10', timeZone: 'UTC' }
  const task = await nia.createTask({ due, reminders: [{ kind: 'relative', minutesBefore: 10 }] })
  await clock.untilAlarms(task, `fire-reminder ${clock.at('23:00')}`)
  clock.turnTo('23:00')
  await clock.ring(task)
  await nia.call('PATCH', `/tasks/${task.id}`, { due: { ...due, date: clock.at('23:00', 1).slice(0, 10) } })
  await clock.untilAlarms(task, `fire-reminder ${clock.at('23:00', 1)}`)
  expect(await afterTheNight(task)).toEqual(['silent'])
})

test('a list in the bin keeps what is held; out of it before their end it goes out, after it not any more', async () => {
  const list = (await nia.call('POST', '/lists', { name: 'Gone' })).body.id
  const early = await heldTask(nia, { listId: list })
  await nia.call('DELETE', `/lists/${list}`)
  expect(await afterTheNight(early)).toEqual(['silent'])
  clock.turnTo('23:30')
  await nia.call('POST', `/lists/${list}/restore`)
  expect(await afterTheNight(early)).toEqual(['silent', 'email'])
  const late = await heldTask(nia, { listId: list })
  await nia.call('DELETE', `/lists/${list}`)
  clock.turnTo('07:30', 1)
  await nia.call('POST', `/lists/${list}/restore`)
  expect(await afterTheNight(late)).toEqual(['silent'])
})

test('other quiet hours count for what is held: it goes out at their end, or now', async () => {
  const person = await clock.signUp({ quietHours: { from: '22:00', to: '07:00' } })
  const task = await heldTask(person)
  clock.turnTo('23:30')
  await person.call('PATCH', '/me', { quietHours: { from: '22:00', to: '05:00' } })
  await clock.untilAlarms(task, `release-reminder ${clock.at('05:00', 1)}`)
  await person.call('PATCH', '/me', { timeZone: 'Etc/GMT-2' })
  await clock.untilAlarms(task, `release-reminder ${clock.at('03:00', 1)}`)
  await person.call('PATCH', '/me', { name: 'Nobody is quiet' })
  await clock.ring(task)
  expect(clock.told(task)).toEqual(['silent'])
  await person.call('PATCH', '/me', { quietHours: null })
  await clock.untilAlarms(task, `release-reminder ${clock.at('23:30')}`)
  await clock.ring(task)
  expect(clock.told(task)).toEqual(['silent', 'email'])
})

test('they count for what goes on until it is done as well, and not for what was snoozed', async () => {
  const person = await clock.signUp({ quietHours: { from: '22:00', to: '07:00' } })
  const reminders = [{ ...reminder('23:00'), repeatMinutes: 30 }]
  const [kept, snoozed] = [await heldTask(person, { reminders }), await heldTask(person, { reminders })]
  clock.turnTo('23:30')
  await person.call('POST', `/tasks/${snoozed.id}/snooze`, { until: clock.at('07:00', 1) })
  await person.call('PATCH', '/me', { quietHours: { from: '22:00', to: '05:00' } })
  await clock.untilAlarms(kept, `fire-reminder ${clock.at('05:00', 1)}`)
  await person.call('PATCH', '/me', { quietHours: null })
  await clock.untilAlarms(kept, `fire-reminder ${clock.at('23:30')}`)
  await clock.ring(kept)
  expect(clock.told(kept)).toEqual(['silent', 'email'])
  await person.call('PATCH', '/me', { quietHours: { from: '22:00', to: '06:00' } })
  await clock.untilAlarms(kept, `fire-reminder ${clock.at('00:00', 1)}`)
  await clock.untilAlarms(snoozed, `fire-reminder ${clock.at('07:00', 1)}`)
})

test('an alarm that comes when it is quiet again waits for the next morning', async () => {
  const task = await heldTask()
  clock.turnTo('22:30', 1)
  await clock.ring(task)
  expect(clock.told(task)).toEqual(['silent'])
  await clock.untilAlarms(task, `release-reminder ${clock.at('07:00', 2)}`)
})

test('the net releases what no alarm rang for, once, and sets lost alarms of the next minutes again', async () => {
  const task = await heldTask()
  const log = createLog('backend', 'silent')
  const reconcileAt = async (time: string) => {
    clock.turnTo(time, 1)
    const now = () => new Date(clock.at(time, 1))
    const { database } = backend.testDatabase
    const unitOfWork = createUnitOfWork({ database, relay: { wake: () => {} }, now, log })
    await new ReminderReconciler(
      unitOfWork,
      createFiring(unitOfWork, new Registry(), { secret: SECRET, wantsConfirmed: false }),
      log,
    ).reconcile()
    await clock.untilPublished()
  }
  backend.jobs.clear()
  await reconcileAt('06:50')
  await clock.untilAlarms(task, `release-reminder ${clock.at('07:00', 1)}`)
  expect(clock.told(task)).toEqual(['silent'])
  await reconcileAt('07:01')
  await reconcileAt('07:02')
  expect(clock.told(task)).toEqual(['silent', 'email'])
})

test('who wants no mails has nothing left to wait for', async () => {
  const person = await clock.signUp({ quietHours: { from: '22:00', to: '07:00' }, emailReminders: false })
  const task = await heldTask(person)
  expect(await afterTheNight(task)).toEqual(['silent'])
})
