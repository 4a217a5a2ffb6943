import { parseQuickAdd } from '@todo/model/quick-add/parse-quick-add'
import { expect, test } from 'vitest'
import { reminderEntries } from '../src/features/quick-add/choice-entries.ts'
import { newTaskOf } from '../src/features/quick-add/new-task-of.ts'
import { quickAddDefaults, usualReminders } from '../src/features/quick-add/quick-add-defaults.ts'
import { dueOn } from './a-task.ts'

const today = '2026-11-23'
const nothing = quickAddDefaults(null, {}, today)
const reminded = { ...nothing, reminders: [{ kind: 'relative', minutesBefore: 30 }] } as const
const read = (line: string) =>
  parseQuickAdd(line, { now: new Date(`${today}T08:00:00Z`), timeZone: 'UTC', weekStart: 1 })
const text = read('Call')

test('a reminder before a due date that was cleared goes with it, and stays where there is one', async () => {
  expect(await newTaskOf(text, reminded, today)).toMatchObject({ due: null, reminders: [] })
  const dated = await newTaskOf(text, { ...reminded, due: dueOn(today) }, today)
  expect(dated.reminders).toMatchObject(reminded.reminders)
  const daily = await newTaskOf(text, { ...reminded, preset: 'daily' }, today)
  expect(daily).toMatchObject({ due: { date: today }, reminders: reminded.reminders })
})

test('a reminder can be chosen once there is something to count back from', () => {
  const isOffered = (choices: typeof nothing) =>
    reminderEntries(choices, () => {}).every((entry) => !('isDisabled' in entry && entry.isDisabled))
  expect(isOffered(nothing)).toBe(false)
  expect(isOffered({ ...nothing, due: dueOn(today) })).toBe(true)
  expect(isOffered({ ...nothing, preset: 'daily' })).toBe(true)
})

test('what the line says goes before what the view and the chips would give, and tags are of both', async () => {
  const view = { ...nothing, due: dueOn(today), priority: 'low', tags: ['work'], preset: 'daily' } as const
  const task = await newTaskOf(read('Pay rent every 1st at 9am !high #home remind 1d before'), view, today)
  expect(task).toMatchObject({
    title: 'Pay rent',
    due: { date: '2026-12-01', time: '09:00' },
    recurrence: { rule: 'FREQ=MONTHLY;BYMONTHDAY=1', anchor: 'due' },
    priority: 'high',
    tags: ['work', 'home'],
    reminders: [{ id: expect.any(String), kind: 'relative', minutesBefore: 1_440 }],
  })
})

test('a rule that is chosen counts from the date that the line says', async () => {
  const task = await newTaskOf(read('Swim friday'), { ...nothing, preset: 'weekly' }, today)
  expect(task).toMatchObject({
    title: 'Swim',
    due: { date: '2026-11-27' },
    recurrence: { rule: 'FREQ=WEEKLY;BYDAY=FR', start: '2026-11-27' },
  })
})

test('the usual reminder is of a due date with a time, and gives way to what the line says', () => {
  const usual = [{ kind: 'relative', minutesBefore: 15 }]
  const dueAt = { ...dueOn(today), time: '09:00', timeZone: 'UTC' }
  expect(usualReminders(read('Call tomorrow 9am'), null, 15)).toEqual(usual)
  expect(usualReminders(text, dueAt, 15)).toEqual(usual)
  expect(usualReminders(text, dueAt, 0)).toEqual([{ kind: 'relative', minutesBefore: 0 }])
  expect(usualReminders(text, dueAt, null)).toEqual([])
  expect(usualReminders(text, dueOn(today), 15)).toEqual([])
  expect(usualReminders(read('Call tomorrow'), dueAt, 15)).toEqual([])
  expect(usualReminders(text, null, 15)).toEqual([])
  expect(usualReminders(read('Call tomorrow 9am remind 1h before'), null, 15)).toEqual([])
})

test('the usual reminder is left to the server, which refuses none whose time has passed', async () => {
  const usual = { ...reminded, areUsual: true }
  expect(await newTaskOf(read('Call today 7am'), usual, today)).not.toHaveProperty('reminders')
  expect(await newTaskOf(read('Call today 7am'), nothing, today)).toMatchObject({ reminders: [] })
})
