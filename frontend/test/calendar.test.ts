import { describe, expect, test } from 'vitest'
import { addMonths, monthGrid, startOfWeek } from '../src/features/dates/calendar-day.ts'

describe('the calendar', () => {
  test('a month later than 31 January is the end of February', () => {
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28')
  })

  test('shows six weeks from the first day of the person’s week', () => {
    const grid = monthGrid('2026-11-23', 7)
    expect([grid.length, grid[0]?.[0], grid[5]?.[6]]).toEqual([6, '2026-11-01', '2026-12-12'])
    expect(startOfWeek('2026-11-22', 1)).toBe('2026-11-16')
  })
})
