import { expect, test } from 'vitest'
import { offsetsOf, rowAt } from '../src/ui/row-offsets.ts'

test('the row at a scroll position is found in any list, the empty one too', () => {
  const heights = Array.from({ length: 10_000 }, (_, index) => (index % 2 === 0 ? 68 : 47))
  const offsets = offsetsOf(heights, (height) => height)
  expect([0, 67, 68, 115, 1e9].map((y) => rowAt(offsets, y))).toEqual([0, 0, 1, 2, 9_999])
  expect(rowAt(offsetsOf([], Number), 10)).toBe(0)
})
