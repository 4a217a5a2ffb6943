import { expect, test } from 'vitest'
import { formatRecurrenceRule, parseRecurrenceRule, RecurrenceRuleError } from '../src/recurrence-rule.ts'

const rule = {
  interval: 1,
  byDay: [],
  byMonthDay: [],
  byYearDay: [],
  byWeekNo: [],
  byMonth: [],
  bySetPos: [],
  weekStart: 0,
  count: null,
  until: null,
}

test('a rule is read part by part', () => {
  expect(
    parseRecurrenceRule('FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR,+2TU;BYMONTH=3,9;BYSETPOS=1,-1;WKST=SU;COUNT=10'),
  ).toEqual({
    ...rule,
    frequency: 'MONTHLY',
    interval: 2,
    byDay: [
      { weekday: 4, ordinal: -1 },
      { weekday: 1, ordinal: 2 },
    ],
    byMonth: [3, 9],
    bySetPos: [1, -1],
    weekStart: 6,
    count: 10,
  })
})

test('UNTIL is a day, a wall-clock time or an instant', () => {
  const until = (text: string) => parseRecurrenceRule(`FREQ=DAILY;UNTIL=${text}`).until
  expect(until('20270531')).toEqual({ kind: 'date', value: '2027-05-31' })
  expect(until('20270531T090000')).toEqual({ kind: 'local', value: '2027-05-31T09:00:00' })
  expect(until('20270531T235960Z')).toEqual({ kind: 'instant', value: '2027-05-31T23:59:59Z' })
})

test('lower case, white space around, the name RRULE: and repeated values are forgiven', () => {
  expect(parseRecurrenceRule(' rrule:freq=weekly;byday=mo,MO ')).toEqual({
    ...rule,
    frequency: 'WEEKLY',
    byDay: [{ weekday: 0, ordinal: null }],
  })
})

test('a rule is written in one order, without what goes without saying', () => {
  const written = 'WKST=MO;COUNT=3;BYDAY=+1MO,-1FR;INTERVAL=1;FREQ=MONTHLY;BYMONTH=2'
  expect(formatRecurrenceRule(parseRecurrenceRule(written))).toBe('FREQ=MONTHLY;BYMONTH=2;BYDAY=1MO,-1FR;COUNT=3')
  for (const until of ['20270531', '20270531T090000', '20270531T090000Z']) {
    const text = `FREQ=YEARLY;INTERVAL=2;BYWEEKNO=20;BYDAY=MO;WKST=SU;UNTIL=${until}`
    expect(formatRecurrenceRule(parseRecurrenceRule(text))).toBe(text)
  }
})

test.each([
  ['', 'must not be empty: write a rule such as FREQ=WEEKLY;BYDAY=MO,WE'],
  ['   ', /must not be empty/],
  ['daily', '"DAILY" must be NAME=value, such as FREQ=DAILY'],
  ['FREQ=DAILY;', /"" must be NAME=value/],
  ['FREQ=DAILY=2', /must be NAME=value/],
  ['INTERVAL=2', 'FREQ is missing: begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY'],
  ['FREQ=FORTNIGHTLY', 'FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, not FORTNIGHTLY'],
  ['FREQ=HOURLY', 'FREQ=HOURLY repeats more often than daily: FREQ=DAILY is the most often'],
  ['FREQ=MINUTELY;INTERVAL=30', /more often than daily/],
  ['FREQ=SECONDLY', /more often than daily/],
  ['FREQ=DAILY;BYHOUR=9', 'BYHOUR is not supported: the time of day comes from the start, so leave BYHOUR out'],
  ['FREQ=DAILY;BYMINUTE=9', /BYMINUTE is not supported/],
  ['FREQ=DAILY;BYSECOND=9', /BYSECOND is not supported/],
  ['FREQ=DAILY;RSCALE=CHINESE', /^RSCALE is not a part of a rule: use FREQ, INTERVAL/],
  ['FREQ=DAILY;FREQ=WEEKLY', /^FREQ is there twice/],
  ['FREQ=DAILY;COUNT=3;UNTIL=20270101', /COUNT and UNTIL exclude each other/],
  ['FREQ=DAILY;INTERVAL=0', 'INTERVAL must be a whole number from 1 to 2147483647, not 0'],
  ['FREQ=DAILY;INTERVAL=-1', /INTERVAL must be/],
  ['FREQ=DAILY;INTERVAL=1.5', /INTERVAL must be/],
  ['FREQ=DAILY;INTERVAL=99999999999999999999', /INTERVAL must be/],
  ['FREQ=DAILY;COUNT=0', /COUNT must be/],
  ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH must be 1 to 12, not 13'],
  ['FREQ=YEARLY;BYMONTH=-1', 'BYMONTH must be 1 to 12, not -1'],
  ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY must be 1 to 31 or -31 to -1, not 32'],
  ['FREQ=MONTHLY;BYMONTHDAY=0', /BYMONTHDAY must be/],
  ['FREQ=MONTHLY;BYMONTHDAY=1,,2', /BYMONTHDAY must be .* not empty/],
  ['FREQ=YEARLY;BYYEARDAY=367', /BYYEARDAY must be 1 to 366/],
  ['FREQ=YEARLY;BYWEEKNO=54', /BYWEEKNO must be 1 to 53/],
  ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367', /BYSETPOS must be 1 to 366/],
  [
    'FREQ=WEEKLY;BYDAY=MONDAY',
    'BYDAY must list days such as MO, or with a number from 1 to 53 as in 2TU or -1FR, not MONDAY',
  ],
  ['FREQ=MONTHLY;BYDAY=0MO', /BYDAY must list days/],
  ['FREQ=YEARLY;BYDAY=54MO', /BYDAY must list days/],
  ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY must use MO, TU, WE, TH, FR, SA, SU, not XX'],
  ['FREQ=WEEKLY;WKST=1', /^WKST must use MO/],
  ['FREQ=MONTHLY;BYDAY=6MO', /at most five of a weekday/],
  ['FREQ=YEARLY;BYMONTH=3;BYDAY=-6MO', /at most five of a weekday/],
  ['FREQ=WEEKLY;BYDAY=1MO', /needs FREQ=MONTHLY or FREQ=YEARLY/],
  ['FREQ=DAILY;BYDAY=-1MO', /needs FREQ=MONTHLY or FREQ=YEARLY/],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO', /cannot go with BYWEEKNO/],
  ['FREQ=WEEKLY;BYMONTHDAY=1', /BYMONTHDAY cannot go with FREQ=WEEKLY/],
  ['FREQ=MONTHLY;BYYEARDAY=1', 'BYYEARDAY needs FREQ=YEARLY'],
  ['FREQ=MONTHLY;BYWEEKNO=1', 'BYWEEKNO needs FREQ=YEARLY'],
  ['FREQ=MONTHLY;BYSETPOS=1', /BYSETPOS chooses among the days of another BY… part/],
  ['FREQ=MONTHLY;BYDAY=TU,1SA', /BYDAY mixes days with and without a number/],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', /^no day ever matches FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30/],
  ['FREQ=DAILY;UNTIL=20270231', /UNTIL must be a date that exists/],
  ['FREQ=DAILY;UNTIL=20271301', /UNTIL must be a date that exists/],
  ['FREQ=DAILY;UNTIL=2027-05-31', /UNTIL must be a date that exists, such as 20270531/],
  ['FREQ=DAILY;UNTIL=20270531T250000Z', /UNTIL must be a date that exists/],
  ['DTSTART:20260101\nRRULE:FREQ=DAILY', /must be one RRULE alone: give DTSTART as start/],
  [`FREQ=YEARLY;BYYEARDAY=${'1,'.repeat(300)}1`, 'must be at most 500 characters'],
])('%s is refused with what would be right', (text, message) => {
  expect(() => parseRecurrenceRule(text)).toThrow(RecurrenceRuleError)
  expect(() => parseRecurrenceRule(text)).toThrow(message)
})
