import { expect, test } from 'vitest'
import { formatInstant, formatTime } from '../src/features/dates/describe-date.ts'

test.each([
  ['en-GB', '29 Nov, 04:02', '04:02'],
  ['en-US', 'Nov 29, 4:02 AM', '4:02 AM'],
  ['de-DE', '29. Nov., 04:02', '04:02'],
])('a moment has its time as a time alone is written, in %s', (locale, moment, time) => {
  const plain = (text: string) => text.replaceAll(/\s/gu, ' ')
  expect(plain(formatInstant('2026-11-29T03:02:00Z', 'Europe/Berlin', locale))).toBe(moment)
  expect(plain(formatTime('04:02', locale))).toBe(time)
})
