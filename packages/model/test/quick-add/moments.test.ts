import { describe, expect, test } from 'vitest'
import { contextAt, told } from './told.ts'

type Table = [now: string, timeZone: string, text: string, says: string][]

const zones: Table = [
  ['2026-12-01T15:30Z', 'Asia/Tokyo', 'x today', 'x | 2026-12-02'],
  ['2026-12-01T15:30Z', 'Asia/Tokyo', 'x tomorrow', 'x | 2026-12-03'],
  ['2026-12-01T15:30Z', 'America/New_York', 'x tomorrow', 'x | 2026-12-02'],
  ['2026-12-01T15:30Z', 'America/New_York', 'x 10am', 'x | 2026-12-02 10:00'],
  ['2026-12-01T15:30Z', 'America/New_York', 'x 11am', 'x | 2026-12-01 11:00'],
  ['2026-12-01T15:30Z', 'Asia/Kathmandu', 'x in 2 hours', 'x | 2026-12-01 23:15'],
  ['2026-12-01T15:30Z', 'Pacific/Kiritimati', 'x tuesday', 'x | 2026-12-08'],
  ['2026-12-01T15:30Z', 'Pacific/Pago_Pago', 'x tuesday', 'x | 2026-12-01'],
  ['2026-12-01T15:30Z', 'Pacific/Kiritimati', 'x every day 5am', 'x | 2026-12-03 05:00 | FREQ=DAILY'],
  ['2026-12-01T15:30Z', 'Asia/Kolkata', 'x remind at 22:00', 'x | remind 2026-12-01T16:30:00.000Z'],
  [
    '2026-12-01T15:30Z',
    'Asia/Kolkata',
    'x tomorrow 9am remind at noon',
    'x | 2026-12-02 09:00 | remind 2026-12-02T06:30:00.000Z',
  ],
]

const changesOfTheClock: Table = [
  // Lisbon goes from 01:00 to 02:00 on 28 March 2027, and from 02:00 to 01:00 on 25 October 2026.
  ['2027-03-27T23:30Z', 'Europe/Lisbon', 'x in 2 hours', 'x | 2027-03-28 02:30'],
  ['2027-03-27T12:00Z', 'Europe/Lisbon', 'x tomorrow 1:30am', 'x | 2027-03-28 01:30'],
  ['2027-03-27T12:00Z', 'Europe/Lisbon', 'x in 1 day at 9', 'x | 2027-03-28 09:00'],
  ['2027-03-28T01:15Z', 'Europe/Lisbon', 'x 2:10am', 'x | 2027-03-29 02:10'],
  ['2026-10-25T00:40Z', 'Europe/Lisbon', 'x in 2 hours', 'x | 2026-10-25 02:40'],
  ['2026-10-25T00:40Z', 'Europe/Lisbon', 'x in 30 minutes', 'x in 30 minutes'],
  ['2026-10-25T00:40Z', 'Europe/Lisbon', 'x 1:30am', 'x | 2026-10-26 01:30'],
  ['2026-10-25T01:40Z', 'Europe/Lisbon', 'x 1:50am', 'x | 2026-10-26 01:50'],
  ['2026-10-24T12:00Z', 'Europe/Lisbon', 'x every day 1:30am', 'x | 2026-10-25 01:30 | FREQ=DAILY'],
  // Half past midnight is before the change there, and seven is after it: no distance fits every day.
  [
    '2026-10-24T12:00Z',
    'Europe/Lisbon',
    'x tomorrow 7am remind at 00:30',
    'x | 2026-10-25 07:00 | remind 2026-10-24T23:30:00.000Z',
  ],
  [
    '2026-10-24T12:00Z',
    'Europe/Lisbon',
    'x every day 7am remind at 00:30',
    'x | 2026-10-25 07:00 | FREQ=DAILY | remind 390',
  ],
]

const endsOfTheYear: Table = [
  ['2026-12-31T23:59:59Z', 'UTC', 'x tomorrow', 'x | 2027-01-01'],
  ['2026-12-31T23:59:59Z', 'UTC', 'x in a minute', 'x | 2027-01-01 00:00'],
  ['2026-12-31T12:00Z', 'UTC', 'x dec 31', 'x | 2026-12-31'],
  ['2026-12-31T12:00Z', 'UTC', 'x dec 30', 'x dec 30'],
  ['2026-12-31T12:00Z', 'UTC', 'x every day until dec 30', 'x every day until dec 30'],
  ['2026-12-31T12:00Z', 'UTC', 'x nov 30', 'x | 2027-11-30'],
  ['2026-12-31T12:00Z', 'UTC', 'x dec 30 2027', 'x | 2027-12-30'],
  ['2026-12-31T12:00Z', 'UTC', 'x every dec 30', 'x | 2027-12-30 | FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30'],
  ['2026-12-31T12:00Z', 'UTC', 'x next month', 'x | 2027-01-01'],
  ['2026-12-31T12:00Z', 'UTC', 'x every 31st', 'x | 2026-12-31 | FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  ['2026-12-31T12:00Z', 'UTC', 'x every month', 'x | 2026-12-31 | FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  [
    '2026-12-31T12:00Z',
    'UTC',
    'x every jan 1 until 1 jan 2027',
    'x | 2027-01-01 | FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1;UNTIL=20270101',
  ],
  ['2027-01-31T12:00Z', 'UTC', 'x in a month', 'x | 2027-02-28'],
  ['2027-02-10T12:00Z', 'UTC', 'x every 31st', 'x | 2027-02-28 | FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  ['2028-02-28T12:00Z', 'UTC', 'x tomorrow', 'x | 2028-02-29'],
  ['2028-02-29T12:00Z', 'UTC', 'x feb 29', 'x | 2028-02-29'],
  ['2028-03-01T12:00Z', 'UTC', 'x feb 29', 'x | 2032-02-29'],
  ['2097-01-01T12:00Z', 'UTC', 'x feb 29', 'x | 2104-02-29'],
  ['2028-02-29T12:00Z', 'UTC', 'x in a year', 'x | 2029-02-28'],
  ['2028-02-29T12:00Z', 'UTC', 'x every year', 'x | 2028-02-29 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1'],
  ['2027-03-01T12:00Z', 'UTC', 'x feb 29 2027', 'x feb 29 2027'],
  ['2027-02-28T12:00Z', 'UTC', 'x every feb 29', 'x | 2027-02-28 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1'],
]

/** 2026-12-07 is a Monday. */
const firstOnes: Table = [
  ['2026-12-07T10:00Z', 'UTC', 'x monday', 'x | 2026-12-07'],
  ['2026-12-07T10:00Z', 'UTC', 'x monday 9am', 'x | 2026-12-14 09:00'],
  ['2026-12-07T10:00Z', 'UTC', 'x next monday', 'x | 2026-12-14'],
  ['2026-12-07T10:00Z', 'UTC', 'x every monday 9am', 'x | 2026-12-14 09:00 | FREQ=WEEKLY;BYDAY=MO'],
  ['2026-12-07T10:00Z', 'UTC', 'x every monday at 10', 'x | 2026-12-14 10:00 | FREQ=WEEKLY;BYDAY=MO'],
  ['2026-12-07T10:00Z', 'UTC', 'x every monday 11am', 'x | 2026-12-07 11:00 | FREQ=WEEKLY;BYDAY=MO'],
  [
    '2026-12-07T10:00Z',
    'UTC',
    'x every 2 weeks on monday 9am',
    'x | 2026-12-14 09:00 | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
  ],
  ['2026-12-07T10:00Z', 'UTC', 'x every 3 days 9am', 'x | 2026-12-08 09:00 | FREQ=DAILY;INTERVAL=3'],
  ['2026-12-07T10:00Z', 'UTC', 'x today every monday', 'x | 2026-12-07 | FREQ=WEEKLY;BYDAY=MO'],
  [
    '2026-12-07T10:00Z',
    'UTC',
    'x tomorrow about it every monday',
    'x tomorrow about it | 2026-12-07 | FREQ=WEEKLY;BYDAY=MO',
  ],
  ['2026-12-07T20:30Z', 'UTC', 'x tonight', 'x | 2026-12-07'],
  ['2026-12-12T10:00Z', 'UTC', 'x this weekend', 'x | 2026-12-12'],
  ['2026-12-13T10:00Z', 'UTC', 'x this weekend', 'x | 2026-12-19'],
  ['2026-12-13T10:00Z', 'UTC', 'x next week', 'x | 2026-12-14'],
]

describe.each([
  ['in its zone', zones],
  ['where the clock is changed', changesOfTheClock],
  ['about the ends of years and months', endsOfTheYear],
  ['from its first day on', firstOnes],
])('a line is read %s', (_, table) => {
  test.each(table)('at %s in %s: %s', (now, timeZone, text, says) => {
    expect(told(text, contextAt(now, { timeZone }))).toBe(says)
  })
})

test.each([
  ['x next week', 'x | 2026-12-06'],
  ['x next sunday', 'x | 2026-12-06'],
  ['x next saturday', 'x | 2026-12-12'],
  ['x every 2 weeks on mon, sun', 'x | 2026-12-06 | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU'],
  ['x every 2 weeks on mon', 'x | 2026-12-07 | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO'],
])('a week that begins on Sunday: %s', (text, says) => {
  expect(told(text, contextAt('2026-12-02T10:00Z', { weekStart: 7 }))).toBe(says)
})
