import { expect, test } from 'vitest'
import { rankBetween } from '../src/features/tasks/rank-between.ts'

test('a moved task has a rank between its neighbours', () => {
  const between = (low: string | null, high: string | null) =>
    rankBetween(low === null ? null : { rank: low }, high === null ? null : { rank: high })
  for (const [low, high] of [
    ['a0', 'a1'],
    ['a0', 'a0V'],
    ['Zz', 'a0'],
    ['a0', null],
    [null, 'a0'],
    ['a1z', 'a2'],
  ] as const) {
    const rank = between(low, high)
    expect(rank > (low ?? '') && (high === null || rank < high), `${low} < ${rank} < ${high}`).toBe(true)
  }
})
