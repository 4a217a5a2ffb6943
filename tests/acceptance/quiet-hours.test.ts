import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Delivery, Notification } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { HOUR_MS, inMs } from './support/days.ts'
import type { Person } from './support/person.ts'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

const timeOfDay = (ms: number) => inMs(ms).slice(11, 16)

/** Somebody for whom it is quiet now, for an hour or two. */
async function inQuietHours(name: string): Promise<Person> {
  const person = await app.signUp(name)
  await person.ok('PATCH', '/me', { quietHours: { from: timeOfDay(-HOUR_MS), to: timeOfDay(2 * HOUR_MS) } })
  return person
}

async function notificationsOf(person: Person, task: Task): Promise<Notification[]> {
  const { items } = await person.ok('GET', '/notifications?limit=100')
  return items.filter(({ taskId }: Notification) => taskId === task.id)
}

async function remindedInTheApp(person: Person, extra: Record<string, unknown> = {}): Promise<Task> {
  const task = await person.createTask({ reminders: [{ kind: 'absolute', at: inMs(0) }], ...extra })
  await pollUntil(async () => (await notificationsOf(person, task)).length === 1, { timeoutMs: 15_000 })
  return task
}

const endQuietHours = (person: Person) => person.ok('PATCH', '/me', { quietHours: null })

test('in quiet hours a reminder is in the app at once, and its mail comes when they end, once', async () => {
  const nia = await inQuietHours('Nia')
  const task = await remindedInTheApp(nia, { title: 'Sleep well' })
  expect(app.smtp.to(nia.email)).toEqual([])
  await endQuietHours(nia)
  const mail = await app.smtp.received(nia.email, 15_000)
  expect(mail.subject).toBe('Reminder: Sleep well')
  const log = async (): Promise<Delivery[]> => (await nia.ok('GET', `/tasks/${task.id}/deliveries`)).items
  await pollUntil(async () => (await log()).length === 2)
  expect(new Set((await log()).map(({ remindAt }) => remindAt)).size).toBe(1)
  // What comes later has come: this was all.
  await nia.createTask({ title: 'Another', reminders: [{ kind: 'absolute', at: inMs(0) }] })
  await pollUntil(() => app.smtp.to(nia.email).some(({ subject }) => subject === 'Reminder: Another'), {
    timeoutMs: 15_000,
  })
  expect(app.smtp.to(nia.email)).toHaveLength(2)
  expect(await notificationsOf(nia, task)).toHaveLength(1)
})

test('what was done in quiet hours is not mailed after them, nor when it is opened again', async () => {
  const max = await inQuietHours('Max')
  const done = await remindedInTheApp(max, { title: 'Done at night' })
  const open = await remindedInTheApp(max, { title: 'Still open' })
  await max.complete(done)
  await max.ok('POST', `/tasks/${done.id}/reopen`)
  await endQuietHours(max)
  await app.smtp.received(max.email, 15_000)
  expect(app.smtp.to(max.email).map(({ subject }) => subject)).toEqual(['Reminder: Still open'])
  await max.complete(open)
})

test('what is held outlives a crash', { tags: ['slow'] }, async () => {
  const ada = await inQuietHours('Ada')
  await remindedInTheApp(ada, { title: 'Survivor' })
  await app.kill()
  await app.restart()
  await endQuietHours(ada)
  expect((await app.smtp.received(ada.email, 15_000)).subject).toBe('Reminder: Survivor')
})

test('a reminder that goes on until the task is done waits for the end of a snooze, and rings again then', async () => {
  const zoe = await app.signUp('Zoe')
  const reminder = { kind: 'absolute', at: inMs(0), repeatMinutes: 5 }
  const task = await remindedInTheApp(zoe, { reminders: [reminder] })
  const snoozed = await zoe.ok('POST', `/tasks/${task.id}/snooze`, { until: inMs(500) })
  expect(snoozed.reminders).toEqual(task.reminders)
  await pollUntil(async () => (await notificationsOf(zoe, task)).length === 2, { timeoutMs: 15_000 })
  await zoe.complete(task)
  expect((await zoe.task(task.id)).reminders).toMatchObject([{ repeatMinutes: 5 }])
})

test('a new task with a time has the default reminder of its person', async () => {
  const lea = await app.signUp('Lea')
  await lea.ok('PATCH', '/me', { defaultReminder: 0 })
  const due = inMs(0)
  const task = await lea.createTask({ due: { date: '2040-01-01', time: '09:00' } })
  expect(task.reminders).toMatchObject([{ kind: 'relative', minutesBefore: 0 }])
  expect((await lea.createTask({ due: { date: due.slice(0, 10) } })).reminders).toEqual([])
})
