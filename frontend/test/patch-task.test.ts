import { describe, expect, test } from 'vitest'
import { undoPatch } from '../src/features/tasks/patch-task.ts'
import { aTask, dueOn } from './a-task.ts'

const recurrence = {
  rule: 'FREQ=WEEKLY;BYDAY=MO',
  anchor: 'due' as const,
  start: '2026-12-02',
  exceptions: ['2026-12-14'],
  additions: ['2026-12-03'],
}
const series = aTask({ due: dueOn('2026-12-02'), recurrence, occurrenceNumber: 1 })
const moved = { due: dueOn('2026-12-07'), scope: 'following' as const }

describe('the way back', () => {
  test('is what the changed fields were, and nothing else', () => {
    expect(undoPatch(series, { title: 'Other', scope: 'this' })).toEqual({ title: series.title, scope: 'this' })
  })

  test('of a series that was moved has its rule, with the days that were taken out and added', () => {
    expect(undoPatch(series, moved)).toEqual({ due: series.due, recurrence, scope: 'following' })
  })

  test('of one occurrence that was moved leaves the rule alone', () => {
    expect(undoPatch(series, { ...moved, scope: 'this' })).toEqual({ due: series.due, scope: 'this' })
  })

  test('in the middle of a series that ends after a number does not count from one again', () => {
    const counted = { ...series, occurrenceNumber: 4, recurrence: { ...recurrence, rule: 'FREQ=DAILY;COUNT=10' } }
    expect(undoPatch(counted, moved)).toEqual({ due: series.due, scope: 'following' })
  })
})
