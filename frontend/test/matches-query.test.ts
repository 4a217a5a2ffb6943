import { describe, expect, test, vi } from 'vitest'
import type { TaskListQuery } from '../src/api/task-list-query.ts'
import { matchesQuery } from '../src/features/tasks/matches-query.ts'
import { aTask, dueOn } from './a-task.ts'

const matches = (task: Parameters<typeof aTask>[0], query: Partial<TaskListQuery>, zone = 'Europe/Lisbon') =>
  matchesQuery(aTask(task), { state: 'open', ...query }, zone)

describe('whether a task belongs to a list', () => {
  test('a completed task leaves the open ones and a deleted one leaves all', () => {
    const completedAt = '2026-11-23T10:00:00.000Z'
    expect(matches({ completedAt }, {})).toBe(false)
    expect(matches({ completedAt }, { state: 'completed' })).toBe(true)
    expect(matches({ completedAt, deletedAt: completedAt }, { state: 'all' })).toBe(false)
    expect(matches({ deletedAt: completedAt }, { state: 'deleted' })).toBe(true)
  })

  test('what was completed today counts by the day of the person, not of Greenwich', () => {
    const query = { state: 'completed', completedFrom: '2026-11-24' } as const
    expect(matches({ completedAt: '2026-11-23T23:30:00.000Z' }, query, 'Europe/Berlin')).toBe(true)
    expect(matches({ completedAt: '2026-11-23T23:30:00.000Z' }, query, 'Europe/Lisbon')).toBe(false)
  })

  test('tags are the same in any letter case, one of any and every one of all', () => {
    expect(matches({ tags: ['Home'] }, { tagsAny: 'home,work' })).toBe(true)
    expect(matches({ tags: ['Home'] }, { tagsAll: 'home,work' })).toBe(false)
  })

  test('the days of a due range are both in it, and a task without a date is in none', () => {
    const query = { dueFrom: '2026-11-23', dueTo: '2026-11-24' }
    expect(matches({ due: dueOn('2026-11-24', '23:59') }, query)).toBe(true)
    expect(matches({ due: dueOn('2026-11-25') }, query)).toBe(false)
    expect(matches({}, query)).toBe(false)
    expect(matches({}, { hasDue: 'false' })).toBe(true)
  })

  test('what is overdue was due before today, or at a time of today that has passed in its own zone', () => {
    vi.useFakeTimers({ now: Date.parse('2026-11-23T12:00:00Z') })
    const isLate = (...due: Parameters<typeof dueOn>) => matches({ due: dueOn(...due) }, { dueBefore: 'now' })
    expect(isLate('2026-11-22')).toBe(true)
    expect(isLate('2026-11-23')).toBe(false)
    expect(isLate('2026-11-23', '11:59')).toBe(true)
    expect(isLate('2026-11-23', '12:01')).toBe(false)
    expect(isLate('2026-11-23', '11:59', 'America/New_York')).toBe(false)
    expect(matches({}, { dueBefore: 'now' })).toBe(false)
    vi.useRealTimers()
  })

  test('a time of another zone is in the range of the day that it is here', () => {
    const lateInNewYork = { due: dueOn('2026-11-23', '23:00', 'America/New_York') }
    expect(matches(lateInNewYork, { dueTo: '2026-11-23' })).toBe(false)
    expect(matches(lateInNewYork, { dueFrom: '2026-11-24' })).toBe(true)
    expect(matches(lateInNewYork, { dueTo: '2026-11-23' }, 'America/New_York')).toBe(true)
  })

  test('only the server knows whether words match, unless something else rules the task out', () => {
    expect(matches({}, { q: 'rent' })).toBe('unknown')
    expect(matches({ listId: 'other' }, { q: 'rent', listId: 'inbox' })).toBe(false)
  })
})
