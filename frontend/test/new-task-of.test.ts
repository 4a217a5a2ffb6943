import { expect, test } from 'vitest'
import { reminderEntries } from '../src/features/quick-add/choice-entries.ts'
import { newTaskOf } from '../src/features/quick-add/new-task-of.ts'
import { quickAddDefaults } from '../src/features/quick-add/quick-add-defaults.ts'
import { dueOn } from './a-task.ts'

const today = '2026-11-23'
const nothing = quickAddDefaults(null, {}, today)
const reminded = { ...nothing, reminders: [{ kind: 'relative', minutesBefore: 30 }] } as const
const text = { title: 'Call', tokens: [] }

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
