import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Delivery, Notification } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import { createEvent } from '@todo/platform/create-event'
import { createBackend } from './harness.ts'
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

const untilDone = (time: string, repeatMinutes = 30) => ({ kind: 'absolute', at: clock.at(time), repeatMinutes })
const fireAt = (time: string, days = 0) => `fire-reminder ${clock.at(time, days)}`

async function createTask(...reminders: object[]): Promise<Task> {
  clock.turnTo('06:00')
  const task = await nia.createTask({ reminders })
  await clock.untilPublished()
  return task
}

async function ringAt(task: Task, time: string, days = 0): Promise<void> {
  clock.turnTo(time, days)
  await clock.ring(task)
}

const rungAt = (task: Task) => clock.due(task).map(({ data }) => data.remindAt)

test('a reminder comes again and again until its task is completed', async () => {
  const task = await createTask(untilDone('09:00'))
  for (const time of ['09:00', '09:30', '10:00']) {
    await clock.untilAlarms(task, fireAt(time))
    await ringAt(task, time)
  }
  await Promise.all([clock.ring(task), clock.ring(task)])
  expect(rungAt(task)).toEqual(['09:00', '09:30', '10:00'].map((time) => clock.at(time)))
  expect(new Set(clock.told(task))).toEqual(new Set(['email']))
  await nia.call('POST', `/tasks/${task.id}/complete`)
  await clock.untilAlarms(task)
})

test('after a pause it comes once, and then at its own times', async () => {
  const task = await createTask(untilDone('09:00'))
  await ringAt(task, '12:10')
  expect(rungAt(task)).toEqual([clock.at('09:00')])
  await clock.untilAlarms(task, fireAt('12:30'))
})

test('a change of something else makes nothing ring again, also a day later', async () => {
  const task = await createTask(untilDone('09:00'))
  await ringAt(task, '09:00')
  for (const days of [0, 2]) {
    clock.turnTo('09:20', days)
    const reminders = [...task.reminders, { kind: 'absolute', at: clock.at('20:00', 3 + days) }]
    for (const patch of [
      { title: `Later ${days}` },
      { reminders },
      { due: { date: clock.at('09:00', 5).slice(0, 10) } },
    ])
      expect(await nia.call('PATCH', `/tasks/${task.id}`, patch)).toMatchObject({ status: 200 })
    await clock.untilAlarms(task, fireAt('09:30'), fireAt('20:00', 3 + days))
  }
  expect(rungAt(task)).toEqual([clock.at('09:00')])
})

test('another pace counts from now on, none ends it, and one that rang once may be told to go on', async () => {
  const task = await createTask(untilDone('09:00'))
  const patch = (reminder: object) => nia.call('PATCH', `/tasks/${task.id}`, { reminders: [reminder] })
  await ringAt(task, '09:00')
  clock.turnTo('09:20', 2)
  const { repeatMinutes: _, ...once } = task.reminders[0]!
  expect(await patch({ ...once, repeatMinutes: 60 })).toMatchObject({ status: 200 })
  await clock.untilAlarms(task, fireAt('10:00', 2))
  await patch(once)
  await clock.untilAlarms(task)
  await patch({ ...once, repeatMinutes: 5 })
  await clock.untilAlarms(task, fireAt('09:25', 2))
  expect(rungAt(task)).toEqual([clock.at('09:00')])
})

test('another time makes it begin then, once more', async () => {
  const task = await createTask(untilDone('09:00'))
  await ringAt(task, '09:00')
  clock.turnTo('09:10')
  await nia.call('PATCH', `/tasks/${task.id}`, { reminders: [{ ...task.reminders[0], at: clock.at('11:00') }] })
  await clock.untilAlarms(task, fireAt('11:00'))
  await ringAt(task, '11:00')
  expect(rungAt(task)).toEqual([clock.at('09:00'), clock.at('11:00')])
  await clock.untilAlarms(task, fireAt('11:30'))
})

test('a task that is opened again, or taken out of the bin, goes on where it was, and rings for no time twice', async () => {
  const task = await createTask(untilDone('09:00'))
  await ringAt(task, '09:00')
  clock.turnTo('09:10')
  await nia.call('POST', `/tasks/${task.id}/complete`)
  await clock.untilAlarms(task)
  await nia.call('POST', `/tasks/${task.id}/reopen`)
  await clock.untilAlarms(task, fireAt('09:30'))
  await nia.call('DELETE', `/tasks/${task.id}`)
  await nia.call('POST', `/tasks/${task.id}/restore`)
  await nia.call('PATCH', `/tasks/${task.id}`, { due: { date: clock.at('09:00', 5).slice(0, 10) } })
  await clock.untilAlarms(task, fireAt('09:30'))
  await clock.ring(task)
  expect(rungAt(task)).toEqual([clock.at('09:00')])
})

test('a list in the bin says nothing, and out of it goes on', async () => {
  const list = (await nia.call('POST', '/lists', { name: 'Gone' })).body.id
  clock.turnTo('06:00')
  const task = await nia.createTask({ listId: list, reminders: [untilDone('09:00')] })
  await clock.untilAlarms(task, fireAt('09:00'))
  await nia.call('DELETE', `/lists/${list}`)
  await ringAt(task, '09:00')
  expect(rungAt(task)).toEqual([])
  clock.turnTo('10:10')
  await nia.call('POST', `/lists/${list}/restore`)
  await clock.ring(task)
  expect(rungAt(task)).toEqual([clock.at('09:00')])
  await clock.untilAlarms(task, fireAt('10:30'))
})

test('snoozing lets it wait, without another reminder', async () => {
  const task = await createTask(untilDone('09:00'), untilDone('20:00'))
  await ringAt(task, '09:00')
  clock.turnTo('09:10')
  const { body } = await nia.call('POST', `/tasks/${task.id}/snooze`, { until: clock.at('11:05') })
  expect(body.reminders).toEqual(task.reminders)
  await clock.untilAlarms(task, fireAt('11:05'), fireAt('20:00'))
  await nia.call('PATCH', `/tasks/${task.id}`, { due: { date: clock.at('09:00', 5).slice(0, 10) } })
  await clock.untilAlarms(task, fireAt('11:05'), fireAt('20:00'))
  await ringAt(task, '11:05')
  await clock.untilAlarms(task, fireAt('11:35'), fireAt('20:00'))
  expect(rungAt(task)).toEqual([clock.at('09:00'), clock.at('11:05')])
})

test('a night of it is one line in the app, and then the morning', async () => {
  const task = await createTask(untilDone('21:50'))
  await ringAt(task, '21:50')
  await ringAt(task, '22:20')
  await clock.untilAlarms(task, fireAt('07:00', 1))
  await ringAt(task, '23:50')
  await ringAt(task, '07:00', 1)
  await clock.untilAlarms(task, fireAt('07:30', 1))
  expect(clock.told(task)).toEqual(['email', 'silent', 'email'])
})

test('one that is held and told to go on rings at the end of quiet hours', async () => {
  const task = await createTask({ kind: 'absolute', at: clock.at('23:00') })
  await ringAt(task, '23:00')
  await nia.call('PATCH', `/tasks/${task.id}`, { reminders: [{ ...task.reminders[0], repeatMinutes: 10 }] })
  await clock.untilAlarms(task, fireAt('07:00', 1))
  await ringAt(task, '07:00', 1)
  expect(clock.told(task)).toEqual(['silent', 'email'])
})

test('the next occurrence of a recurring task goes on until it is done, too', async () => {
  clock.turnTo('06:00')
  const task = await nia.createTask({
    due: { date: clock.at('09:00').slice(0, 10), time: '09:00', timeZone: 'UTC' },
    recurrence: { rule: 'FREQ=DAILY' },
    reminders: [{ kind: 'relative', minutesBefore: 0, repeatMinutes: 15 }],
  })
  await clock.untilAlarms(task, fireAt('09:00'))
  await ringAt(task, '09:00')
  await clock.untilAlarms(task, fireAt('09:15'))
  const done = (await nia.call('POST', `/tasks/${task.id}/complete`)).body as Task
  await clock.untilAlarms(task)
  const date = clock.at('09:00', 1).slice(0, 10)
  const nextTaskId = task.id.replace(/^.{8}/, 'ffffffff')
  await backend.deliver(
    createEvent(
      'occurrence.due',
      task.id,
      {
        taskId: task.id,
        nextTaskId,
        seriesId: task.seriesId!,
        occurrenceAt: `${date}T09:00:00`,
        occurrenceNumber: 2,
        missedOccurrences: 0,
        due: { date, time: '09:00', timeZone: 'UTC' },
        completedAt: done.completedAt!,
      },
      { now: new Date(), source: 'recurring-task' },
    ),
  )
  const next = (await nia.call('GET', `/tasks/${nextTaskId}`)).body as Task
  expect(next.reminders).toMatchObject([{ minutesBefore: 0, repeatMinutes: 15 }])
  await clock.untilAlarms(next, fireAt('09:00', 1))
})

test('what nobody has read is one line in the notification centre, however often it came', async () => {
  const task = await createTask(untilDone('09:00'))
  for (const time of ['09:01', '09:16', '09:31']) await ringAt(task, time)
  const { items } = (await nia.call('GET', '/notifications?limit=100')).body
  const own = items.filter(({ taskId }: Notification) => taskId === task.id)
  expect(own).toMatchObject([{ kind: 'reminder', readAt: null }])
})

test('the log says of each time when it was set for, and when it rang', async () => {
  const task = await createTask(untilDone('09:00'))
  const [reminder] = task.reminders
  const tellMail = async (time: string) => {
    const firing = { reminderId: reminder!.id, taskId: task.id, userId: nia.userId, remindAt: clock.at(time) }
    const outcome = { ...firing, channel: 'email' as const, attempt: 1, at: clock.at(time) }
    await backend.deliver(
      createEvent('reminder.delivered', task.id, outcome, { now: new Date(), source: 'notification' }),
    )
  }
  await ringAt(task, '09:10')
  await ringAt(task, '09:31')
  // Its mail was late.
  await tellMail('09:00')
  const { items } = (await nia.call('GET', `/tasks/${task.id}/deliveries`)).body
  const lines = items.map(({ remindAt, firedAt, channel }: Delivery) => [channel, remindAt, firedAt])
  expect(lines.toSorted()).toEqual([
    ['email', clock.at('09:00'), clock.at('09:10')],
    ['in-app', clock.at('09:00'), clock.at('09:10')],
    ['in-app', clock.at('09:30'), clock.at('09:31')],
  ])
})

test.each([
  [4, 'must be 5 minutes or more'],
  [1_441, 'must be at most a day (1,440 minutes)'],
])('every %d minutes is refused', async (repeatMinutes, message) => {
  clock.turnTo('06:00')
  const { status, body } = await nia.call('POST', '/tasks', {
    title: 'No',
    reminders: [untilDone('09:00', repeatMinutes)],
  })
  expect([status, body.errors]).toEqual([400, [{ field: 'reminders.0.repeatMinutes', message }]])
})
