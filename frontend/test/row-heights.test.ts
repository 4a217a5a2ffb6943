import { describe, expect, test } from 'vitest'
import { RowHeights } from '../src/ui/row-heights.ts'

describe('the heights of rows', () => {
  test('are estimated until rows of their shape are measured, and then taken for the average', () => {
    const heights = new RowHeights()
    expect(heights.heightOf('a', 'task', 64)).toBe(64)
    expect(heights.measured('a', 'task', 90, 64)).toBe(true)
    expect(heights.measured('b', 'task', 110, 64)).toBe(true)
    expect(heights.heightOf('a', 'task', 64)).toBe(90)
    expect(heights.heightOf('c', 'task', 64)).toBe(100)
    expect(heights.heightOf('d', 'header', 47)).toBe(47)
  })

  test('of what was measured before replace the ones from then', () => {
    const heights = new RowHeights()
    heights.measured('a', 'task', 90, 64)
    expect(heights.measured('a', 'task', 120, 90)).toBe(true)
    expect(heights.heightOf('a', 'task', 64)).toBe(120)
    expect(heights.heightOf('b', 'task', 64)).toBe(120)
  })

  test('that are as expected, to the eye, make nothing be laid out again', () => {
    const heights = new RowHeights()
    expect(heights.measured('a', 'task', 64.02, 64)).toBe(false)
    heights.measured('b', 'task', 200, 64)
    expect(heights.heightOf('a', 'task', 64)).toBe(64)
    expect(heights.measured('a', 'task', 64.02, 64)).toBe(false)
  })
})
