import { expect, test } from 'vitest'
import { offsetsOf, rowAt } from '../src/ui/row-offsets.ts'

test('the row at a scroll position is found in any list, the empty one too', () => {
  const offsets = offsetsOf(10_000, (index) => (index % 2 === 0 ? 68 : 47))
  expect([rowAt(offsets, 0), rowAt(offsets, 67), rowAt(offsets, 68), rowAt(offsets, 115), rowAt(offsets, 1e9)]).toEqual(
    [0, 0, 1, 2, 9_999],
  )
  expect(
    rowAt(
      offsetsOf(0, () => 0),
      10,
    ),
  ).toBe(0)
})
