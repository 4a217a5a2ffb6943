import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'
import { ReminderClock } from './reminder-clock.ts'

let backend: TestBackend
let clock: ReminderClock
let nia: Client
beforeAll(async () => {
  backend = await createBackend()
  clock = new ReminderClock(backend)
  nia = await clock.signUp({ defaultReminder: 30 })
})
afterAll(() => backend.close())

const at9 = { date: '2040-05-01', time: '09:00', timeZone: 'UTC' }
const DEFAULT = [{ kind: 'relative', minutesBefore: 30 }]
const quick = async (text: string) => (await nia.call('POST', '/tasks/quick', { text })).body.task.reminders

test('a new task with a time gets the default reminder, and rings by it', async () => {
  const task = await nia.createTask({ due: at9 })
  expect(task.reminders).toMatchObject(DEFAULT)
  await clock.untilAlarms(task, 'fire-reminder 2040-05-01T08:30:00.000Z')
  expect(await quick('Call Mo 2040-05-01 9am')).toMatchObject(DEFAULT)
})

test.each([
  ['a day alone', { due: { date: '2040-05-01' } }],
  ['no due date', {}],
  ['none asked for', { due: at9, reminders: [] }],
])('with %s it gets none', async (_, input) => {
  expect((await nia.createTask(input)).reminders).toEqual([])
})

test('with reminders of its own it has those', async () => {
  const own = [{ kind: 'relative', minutesBefore: 5 }]
  expect((await nia.createTask({ due: at9, reminders: own })).reminders).toMatchObject(own)
  expect(await quick('Call Mo 2040-05-01 9am remind 1h before')).toMatchObject([{ minutesBefore: 60 }])
})

test('who has set no default is not reminded', async () => {
  const other = await clock.signUp()
  expect((await other.createTask({ due: at9 })).reminders).toEqual([])
})

test('the same task sent again is the same task, though the default has changed', async () => {
  const person = await clock.signUp({ defaultReminder: 10 })
  const input = { id: uuidv7(), due: at9 }
  const task = await person.createTask(input)
  await person.call('PATCH', '/me', { defaultReminder: 60 })
  expect(await person.call('POST', '/tasks', { title: 'A task', ...input })).toMatchObject({ status: 200, body: task })
})

test('a time that has passed is taken, and reminds of nothing, also when another reminder is added', async () => {
  const justNow = new Date(Date.now() - 5 * 60_000).toISOString()
  for (const [date, time] of [
    ['2020-01-01', '09:00'],
    [justNow.slice(0, 10), justNow.slice(11, 16)],
  ]) {
    const task = await nia.createTask({ due: { date, time, timeZone: 'UTC' } })
    expect(task.reminders).toMatchObject(DEFAULT)
    const another = { kind: 'absolute', at: clock.at('09:00', 9) }
    await nia.call('PATCH', `/tasks/${task.id}`, { reminders: [...task.reminders, another] })
    await clock.untilAlarms(task, `fire-reminder ${another.at}`)
  }
})

test('imported tasks have the reminders of their file only', async () => {
  const lines = ['BEGIN:VCALENDAR', 'BEGIN:VTODO', 'UID:1', 'SUMMARY:Imported', 'DUE:20400501T090000Z']
  const calendar = [...lines, 'END:VTODO', 'END:VCALENDAR'].join('\r\n')
  const { status } = await nia.call('POST', '/import/ics', calendar, { 'content-type': 'text/calendar' })
  expect(status).toBe(200)
  const { body } = await nia.call('GET', '/tasks?q=Imported')
  expect(body.items).toMatchObject([{ title: 'Imported', due: { time: '09:00' }, reminders: [] }])
})
