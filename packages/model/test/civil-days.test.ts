import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilDate, dateText, dayNumber, dayNumberOf, daysInMonth, weekdayOf } from '../src/civil-days.ts'

const dayNo = fc.integer({ min: dayNumber(1, 1, 1), max: dayNumber(9999, 12, 31) })

test('day numbers agree with Date over the years 1 to 9999', () => {
  fc.assert(
    fc.property(dayNo, (day) => {
      const date = new Date(day * 86_400_000)
      expect(civilDate(day)).toEqual({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      })
      expect(weekdayOf(day)).toBe((date.getUTCDay() + 6) % 7)
      expect(dayNumberOf(dateText(day))).toBe(day)
    }),
  )
})

test('February knows its leap years', () => {
  expect([1900, 2000, 2023, 2024].map((year) => daysInMonth(year, 2))).toEqual([28, 29, 28, 29])
})
