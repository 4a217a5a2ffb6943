import { expect, test } from 'vitest'
import { shiftOverview } from '../src/features/tasks/shift-overview.ts'
import { aTask, dueOn } from './a-task.ts'

test('counts follow a task from open to done, until the server has counted again', () => {
  const counts = { inbox: 1, today: 1, overdue: 1, upcoming: 0, all: 1 }
  const tag = { name: 'Home', color: null, openTasks: 1 }
  const open = aTask({ due: dueOn('2026-11-20'), tags: ['home'] })
  const done = { ...open, completedAt: '2026-11-23T10:00:00.000Z' }
  const after = shiftOverview({ lists: [], tags: [tag], counts, unreadNotifications: 0 }, open, done, {
    today: '2026-11-23',
    inboxId: 'inbox',
  })
  expect(after.counts).toEqual({ inbox: 0, today: 0, overdue: 0, upcoming: 0, all: 0 })
  expect(after.tags[0]?.openTasks).toBe(0)
})
