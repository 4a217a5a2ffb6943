import { describe, expect, test } from 'vitest'
import { formatTime } from '../src/features/dates/describe-date.ts'
import { readTime } from '../src/features/dates/read-time.ts'
import { LOCALES } from '../src/features/settings/locales.ts'

const TIMES = ['00:00', '00:30', '01:05', '09:00', '11:59', '12:00', '12:30', '13:05', '17:00', '21:45', '23:59']

describe('a time of day that is typed', () => {
  test.each(LOCALES)('is read as it is written in %s', (locale) => {
    for (const time of TIMES) expect(readTime(formatTime(time, locale), locale), formatTime(time, locale)).toBe(time)
  })

  test.each([
    ['17:00', '17:00'],
    ['5pm', '17:00'],
    ['5 PM', '17:00'],
    ['5:30 p.m.', '17:30'],
    ['12am', '00:00'],
    ['12 pm', '12:00'],
    ['17', '17:00'],
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9.30', '09:30'],
    ['9 h 30', '09:30'],
    ['17h', '17:00'],
    [' 8 ', '08:00'],
  ])('%s is %s, in any locale', (text, time) => {
    expect(readTime(text, 'en-GB')).toBe(time)
    expect(readTime(text, 'en-US')).toBe(time)
    expect(readTime(text, 'de-DE')).toBe(time)
  })

  test.each(['', 'noon-ish', '24', '25:00', '9:60', '13 pm', '0 am', '9:3', '12345', '1 2 3'])('%s is none', (text) => {
    expect(readTime(text, 'en-GB')).toBeNull()
  })
})
