import { expect, test } from 'vitest'
import { shiftOverview } from '../src/features/tasks/shift-overview.ts'
import { aTask, dueOn } from './a-task.ts'

const clock = {
  now: Date.parse('2026-11-23T10:00:00Z'),
  today: '2026-11-23',
  timeZone: 'Europe/Lisbon',
  locale: 'en-GB',
}

test('counts follow a task from open to done, until the server has counted again', () => {
  const counts = { inbox: 1, today: 1, overdue: 1, upcoming: 0, all: 1 }
  const tag = { name: 'Home', color: null, openTasks: 1 }
  const open = aTask({ due: dueOn('2026-11-20'), tags: ['home'] })
  const done = { ...open, completedAt: '2026-11-23T10:00:00.000Z' }
  const after = shiftOverview({ lists: [], tags: [tag], counts, unreadNotifications: 0 }, open, done, {
    clock,
    inboxId: 'inbox',
  })
  expect(after.counts).toEqual({ inbox: 0, today: 0, overdue: 0, upcoming: 0, all: 0 })
  expect(after.tags[0]?.openTasks).toBe(0)
})

test.each([
  ['a time of today that has passed', dueOn('2026-11-23', '09:00'), { today: 1, overdue: 1, upcoming: 0 }],
  ['a time of today that comes', dueOn('2026-11-23', '11:00'), { today: 1, overdue: 0, upcoming: 0 }],
  [
    'late last night in New York',
    dueOn('2026-11-22', '23:00', 'America/New_York'),
    { today: 1, overdue: 1, upcoming: 0 },
  ],
  [
    'late this night in New York',
    dueOn('2026-11-23', '23:00', 'America/New_York'),
    { today: 0, overdue: 0, upcoming: 1 },
  ],
])('%s is counted as the server counts it', (_when, due, counts) => {
  const none = { inbox: 0, today: 0, overdue: 0, upcoming: 0, all: 0 }
  const before = { lists: [], tags: [], counts: none, unreadNotifications: 0 }
  const after = shiftOverview(before, null, aTask({ due }), { clock, inboxId: 'inbox' })
  expect(after.counts).toEqual({ ...counts, inbox: 1, all: 1 })
})
