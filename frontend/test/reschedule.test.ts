import { expect, test } from 'vitest'
import { dueMessage } from '../src/features/task-list/reschedule.ts'
import { aTask, dueOn } from './a-task.ts'

const context = {
  now: Date.parse('2026-11-23T10:00:00Z'),
  today: '2026-11-23',
  timeZone: 'Europe/Lisbon',
  locale: 'en-GB',
}
const recurrence = { rule: 'FREQ=WEEKLY', anchor: 'due', start: '2026-11-20', exceptions: [], additions: [] } as const
const plain = aTask()
const ofSeries = (occurrenceNumber: number, completedAt: string | null = null) =>
  aTask({ recurrence: { ...recurrence, exceptions: [], additions: [] }, occurrenceNumber, completedAt })
const [first, third, done] = [ofSeries(1), ofSeries(3), ofSeries(1, '2026-11-22T10:00:00Z')]

test.each([
  ['a task', [plain], '“Pay rent” is due Tomorrow'],
  ['the first occurrence, which takes its series along', [first], '“Pay rent” is due Tomorrow, and its series with it'],
  ['an occurrence', [third], '“Pay rent” is due Tomorrow, this once'],
  ['the first occurrence, once it is done', [done], '“Pay rent” is due Tomorrow, this once'],
  ['several tasks', [plain, third, done], '3 tasks are due Tomorrow'],
  ['several with a first occurrence', [plain, first, third], '3 tasks are due Tomorrow, and a series with them'],
  ['several with first occurrences', [first, plain, first], '3 tasks are due Tomorrow, and 2 series with them'],
])('it is said what a new day means for %s', (_what, tasks, words) => {
  expect(dueMessage(tasks, dueOn('2026-11-24'), context)).toBe(words)
})
