import { expect, test } from 'vitest'
import { CreateTask, PatchTask, RecurrenceInput, ReminderInput, RuleText, Tags, taskState } from '../src/task.ts'

const id = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'

function messages(input: unknown, schema: { safeParse: typeof CreateTask.safeParse } = CreateTask): string[] {
  const issues = schema.safeParse(input).error?.issues ?? []
  return issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

test('a title alone makes a task of medium priority', () => {
  expect(CreateTask.parse({ title: '  Pay\n rent ' })).toEqual({
    title: 'Pay rent',
    notes: '',
    priority: 'medium',
    tags: [],
    due: null,
    recurrence: null,
    subtasks: [],
  })
})

test.each([
  [{ title: ' ' }, 'title: must not be empty'],
  [{ title: 'x'.repeat(501) }, 'title: must be at most 500 characters'],
  [{}, 'title: must be text of 1 to 500 characters'],
  [{ title: 'x', notes: 'x'.repeat(50_001) }, 'notes: must be at most 50,000 characters'],
  [{ title: 'x', priority: 'urgent' }, 'priority: must be one of low, medium, high'],
  [{ title: 'x', tags: ['a b'] }, 'tags.0: must be 1 to 50 characters without spaces, commas or #, and not . or ..'],
  [{ title: 'x', tags: ['..'] }, 'tags.0: must be 1 to 50 characters without spaces, commas or #, and not . or ..'],
  [{ title: 'x', tags: Array.from({ length: 31 }, (_, i) => `t${i}`) }, 'tags: must be at most 30 tags'],
  [{ title: 'x', due: { date: '2027-02-29' } }, 'due.date: must be a date that exists, such as 2026-12-01'],
  [{ title: 'x', due: { date: '2027-02-28', time: '9' } }, 'due.time: must be a time of day, such as 09:00'],
  [
    { title: 'x', due: { date: '2027-02-28', time: '09:00', timeZone: 'CEST' } },
    'due.timeZone: must be an IANA time zone, such as Europe/Lisbon',
  ],
  [
    { title: 'x', recurrence: { rule: 'FREQ=HOURLY' } },
    'recurrence.rule: FREQ=HOURLY repeats more often than daily: FREQ=DAILY is the most often',
  ],
  [{ title: 'x', recurrence: { rule: 'FREQ=DAILY', anchor: 'x' } }, 'recurrence.anchor: must be due or completion'],
  [
    { title: 'x', reminders: [{ kind: 'relative', minutesBefore: -1 }] },
    'reminders.0.minutesBefore: must be 0 minutes or more',
  ],
  [
    { title: 'x', reminders: [{ kind: 'sometimes' }] },
    'reminders.0.kind: must have kind "absolute" with "at", or "relative" with "minutesBefore"',
  ],
  [
    { title: 'x', reminders: Array.from({ length: 11 }, () => ({ kind: 'relative', minutesBefore: 1 })) },
    'reminders: must be at most 10 reminders',
  ],
  [{ title: 'x', rank: '' }, 'rank: must be a rank as fractional-indexing makes it, such as a0V'],
])('%o is refused with what would be right', (input, message) => {
  expect(messages(input)).toEqual([message])
})

test('a field that nobody knows is refused', () => {
  expect(CreateTask.safeParse({ title: 'x', color: 'red' }).success).toBe(false)
})

test('tags are the same in any letter case, the first spelling wins, and # is only a way to write them', () => {
  expect(Tags.parse(['#Home', 'work', 'HOME', 'home'])).toEqual(['Home', 'work'])
})

test('a recurrence counts from the due time and has no exceptions and additions unless it says so', () => {
  const read = RecurrenceInput.parse({ rule: 'FREQ=DAILY' })
  expect(read).toEqual({ rule: 'FREQ=DAILY', anchor: 'due', exceptions: [], additions: [] })
})

test('a rule that is too long is refused for that alone', () => {
  const issues = RuleText.safeParse('x'.repeat(501)).error?.issues
  expect(issues?.map((issue) => issue.message)).toEqual(['must be at most 500 characters'])
})

test('a reminder is kept in UTC', () => {
  expect(ReminderInput.parse({ kind: 'absolute', at: '2026-12-01T09:00:00+01:00' })).toEqual({
    kind: 'absolute',
    at: '2026-12-01T08:00:00.000Z',
  })
})

test('a patch touches only what it names, and null clears', () => {
  expect(PatchTask.parse({})).toEqual({})
  expect(PatchTask.parse({ due: null, listId: id.toUpperCase() })).toEqual({ due: null, listId: id })
})

test('a deleted task is deleted, whether it was completed or not', () => {
  const at = '2026-12-01T08:00:00.000Z'
  expect(taskState({ completedAt: null, deletedAt: null })).toBe('open')
  expect(taskState({ completedAt: at, deletedAt: null })).toBe('completed')
  expect(taskState({ completedAt: at, deletedAt: at })).toBe('deleted')
})
