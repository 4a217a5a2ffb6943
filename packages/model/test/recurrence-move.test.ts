import { expect, test } from 'vitest'
import { movedRecurrence } from '../src/recurrence-move.ts'

const series = (rule: string, start: string, more: object = {}) => ({
  rule,
  start,
  anchor: 'due' as const,
  exceptions: [],
  additions: [],
  ...more,
})

const to = (start: string, done = 0, timeZone = 'UTC') => ({ start, done, timeZone })

test.each([
  ['FREQ=DAILY', '2026-12-07', '2026-12-09', 'FREQ=DAILY'],
  ['FREQ=WEEKLY;BYDAY=MO', '2026-12-07', '2026-12-09', 'FREQ=WEEKLY;BYDAY=WE'],
  ['FREQ=WEEKLY;INTERVAL=2', '2026-12-07', '2026-12-09', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU', '2026-12-07', '2026-12-06', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU'],
  ['FREQ=MONTHLY;BYMONTHDAY=7', '2026-12-07', '2026-12-31', 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  ['FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=7', '2026-12-07', '2027-01-02', 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=2'],
])('%s from %s, moved to %s, is %s', (rule, start, moved, expected) => {
  expect(movedRecurrence(series(rule, start), to(moved)).rule).toBe(expected)
})

test.each(['FREQ=WEEKLY;BYDAY=MO,TH', 'FREQ=MONTHLY;BYDAY=2TU', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'])(
  '%s says more than its start, and stays',
  (rule) => {
    expect(movedRecurrence(series(rule, '2026-12-07'), to('2026-12-09')).rule).toBe(rule)
  },
)

test('another time of day leaves the rule alone', () => {
  const moved = movedRecurrence(series('FREQ=WEEKLY', '2026-12-07T09:00:00'), to('2026-12-07T10:00:00'))
  expect(moved).toMatchObject({ rule: 'FREQ=WEEKLY', start: '2026-12-07T10:00:00' })
})

test('from completion it is a distance, wherever it starts', () => {
  const distance = series('FREQ=WEEKLY', '2026-12-07', { anchor: 'completion' })
  expect(movedRecurrence(distance, to('2026-12-09', 3))).toMatchObject({ rule: 'FREQ=WEEKLY', anchor: 'completion' })
})

test('an end goes along: what is left of so many, and the same last day', () => {
  const ending = (end: string, done: number) =>
    movedRecurrence(series(`FREQ=WEEKLY;BYDAY=MO;${end}`, '2026-12-07'), to('2026-12-09', done)).rule
  expect(ending('COUNT=10', 4)).toBe('FREQ=WEEKLY;BYDAY=WE;COUNT=6')
  expect(ending('COUNT=3', 7)).toBe('FREQ=WEEKLY;BYDAY=WE;COUNT=1')
  expect(ending('UNTIL=20270131', 4)).toBe('FREQ=WEEKLY;BYDAY=WE;UNTIL=20270131')
})

test('an end in UTC is the day that it was where the series is: a move neither adds an occurrence nor loses one', () => {
  const daily = (end: string) => series(`FREQ=DAILY;UNTIL=${end}`, '2026-12-07T09:00:00')
  const movedEnd = (end: string, timeZone: string) =>
    movedRecurrence(daily(end), to('2026-12-08T18:00:00', 1, timeZone)).rule.split('UNTIL=')[1]
  // The end of the 10th in New York, and the minute of the last occurrence in Tokyo.
  expect(movedEnd('20261211T045959Z', 'America/New_York')).toBe('20261210')
  expect(movedEnd('20261211T000000Z', 'Asia/Tokyo')).toBe('20261211')
  // A minute before what would have been the last one.
  expect(movedEnd('20261210T235900Z', 'Asia/Tokyo')).toBe('20261210')
})

test('dates that were taken out or added stay where they are still ahead', () => {
  const dates = { exceptions: ['2026-12-08T09:00:00', '2026-12-14'], additions: ['2026-12-01', '2026-12-09'] }
  expect(movedRecurrence(series('FREQ=DAILY', '2026-12-07', dates), to('2026-12-09'))).toMatchObject({
    exceptions: ['2026-12-14'],
    additions: ['2026-12-09'],
  })
})
