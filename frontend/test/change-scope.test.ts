import { describe, expect, test } from 'vitest'
import { scopeOf } from '../src/features/edit-task/change-scope.ts'
import { aTask } from './a-task.ts'

const recurrence = { rule: 'FREQ=DAILY', anchor: 'due' as const, start: '2026-11-01', exceptions: [], additions: [] }
const third = aTask({ recurrence, occurrenceNumber: 3 })

describe('what a change of a recurring task is for', () => {
  test('is asked only of what the next ones take over, of one that is open, and not beside another rule', () => {
    const isOffered = (...[task, changed]: [typeof third, Parameters<typeof scopeOf>[1]]) =>
      scopeOf(task, changed, null).isOffered
    expect(isOffered(third, ['title'])).toBe(true)
    expect(isOffered(third, ['listId'])).toBe(false)
    expect(isOffered(third, [])).toBe(false)
    expect(isOffered(third, ['due', 'recurrence'])).toBe(false)
    expect(isOffered(aTask(), ['title'])).toBe(false)
    expect(isOffered(aTask({ ...third, completedAt: '2026-11-02T08:00:00.000Z' }), ['title'])).toBe(false)
  })

  test('when nothing was chosen: a date for this one, all else for those that follow, both as each', () => {
    const scope = (...changed: Parameters<typeof scopeOf>[1]) => scopeOf(third, changed, null).scope
    expect([scope('due'), scope('title', 'tags'), scope('due', 'title')]).toEqual(['this', 'following', undefined])
    expect(scopeOf(aTask({ ...third, occurrenceNumber: 1 }), ['due'], null).scope).toBe('following')
  })

  test('is what was chosen', () => {
    expect(scopeOf(third, ['title'], 'this').scope).toBe('this')
    expect(scopeOf(third, ['due', 'title'], 'following').scope).toBe('following')
  })
})
