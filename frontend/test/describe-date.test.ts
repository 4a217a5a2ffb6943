import { expect, test } from 'vitest'
import { describeAgo, formatInstant, formatTime } from '../src/features/dates/describe-date.ts'

test.each([
  ['en-GB', '29 Nov, 04:02', '04:02'],
  ['en-US', 'Nov 29, 4:02 AM', '4:02 AM'],
  ['de-DE', '29. Nov., 04:02', '04:02'],
])('a moment has its time as a time alone is written, in %s', (locale, moment, time) => {
  const plain = (text: string) => text.replaceAll(/\s/gu, ' ')
  expect(plain(formatInstant('2026-11-29T03:02:00Z', 'Europe/Berlin', locale))).toBe(moment)
  expect(plain(formatTime('04:02', locale))).toBe(time)
})

test.each([
  ['a moment before', '2026-11-30T23:29:30Z', 'just now'],
  ['minutes before', '2026-11-30T23:20:00Z', '10 min ago'],
  ['hours before, on the day before', '2026-11-30T05:30:00Z', '18 hr ago'],
  ['nearly a day before, on the same day', '2026-11-29T23:10:00Z', '23 hr ago', '2026-11-30T22:30:00Z'],
  ['a day and a half before, two days back', '2026-11-28T20:00:00Z', '2 days ago', '2026-11-30T08:00:00Z'],
  ['a day before', '2026-11-30T00:00:00Z', 'yesterday'],
])('%s is told as the calendar of the person counts it', (_, instant, words, now = '2026-11-30T23:30:00Z') => {
  expect(describeAgo(instant, Date.parse(now), 'Europe/Berlin', 'en-GB').replaceAll(/\s/gu, ' ')).toBe(words)
})
