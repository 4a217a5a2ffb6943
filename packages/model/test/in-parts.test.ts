import { expect, test } from 'vitest'
import { inParts } from '../src/in-parts.ts'

test('parts have so many items each, the last what is left, and none is empty', () => {
  expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]])
  expect(inParts([1, 2], 2)).toEqual([[1, 2]])
  expect(inParts([], 2)).toEqual([])
})
