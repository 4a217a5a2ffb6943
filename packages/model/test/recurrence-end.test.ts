import { expect, test } from 'vitest'
import { endOf, endsOtherwise, withEnd } from '../src/recurrence-end.ts'
import { occurrences } from '../src/recurrence.ts'

test.each([
  ['FREQ=DAILY', { kind: 'never' }],
  ['FREQ=DAILY;COUNT=3', { kind: 'after', count: 3 }],
  ['FREQ=DAILY;UNTIL=20261203', { kind: 'on', date: '2026-12-03' }],
] as const)('%s has its end read', (rule, end) => {
  expect(endOf({ rule, start: '2026-12-01' }, 'UTC')).toEqual(end)
})

test.each([
  ['20261203T220000Z', '2026-12-01T23:30:00', 'Asia/Tokyo', '2026-12-03'],
  ['20261203T220000Z', '2026-12-01T07:00:00', 'Asia/Tokyo', '2026-12-04'],
  ['20261203T220000Z', '2026-12-01T07:00:01', 'Asia/Tokyo', '2026-12-03'],
  ['20261203T090000', '2026-12-01T09:00', 'Asia/Tokyo', '2026-12-03'],
  ['20261203T085959', '2026-12-01T09:00:00', 'Asia/Tokyo', '2026-12-02'],
  // A series of days: the day in UTC where it is its first or last second, and the day in the zone otherwise.
  ['20261203T000000Z', '2026-12-01', 'America/New_York', '2026-12-03'],
  ['20261203T045959Z', '2026-12-01', 'America/New_York', '2026-12-02'],
])('a series that ends at %s, and began on %s in %s, has its last day on %s', (until, start, timeZone, date) => {
  const rule = `FREQ=DAILY;UNTIL=${until}`
  expect(endOf({ rule, start }, timeZone)).toEqual({ kind: 'on', date })
  const found = occurrences({ rule, start, timeZone, count: 9 })
  expect(found.at(-1)?.local.slice(0, 10)).toBe(date)
})

test('another end leaves the days of the rule as they are', () => {
  const rule = 'FREQ=MONTHLY;BYDAY=-1FR;COUNT=3'
  expect(withEnd(rule, { kind: 'on', date: '2027-01-31' })).toBe('FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270131')
  expect(withEnd(rule, { kind: 'never' })).toBe('FREQ=MONTHLY;BYDAY=-1FR')
})

test('a series that ends on a day has its last occurrence on that day, at whatever time', () => {
  const rule = withEnd('FREQ=DAILY', { kind: 'on', date: '2026-12-03' })
  const found = occurrences({ rule, start: '2026-12-01T23:30:00', timeZone: 'Europe/Berlin', count: 9 })
  expect(found.map(({ local }) => local.slice(0, 10))).toEqual(['2026-12-01', '2026-12-02', '2026-12-03'])
})

test('a plan with another end is the same series, one with other days is not', () => {
  const plan = {
    rule: 'FREQ=DAILY;COUNT=3',
    anchor: 'due' as const,
    start: '2026-12-01',
    exceptions: [],
    additions: [],
  }
  expect(endsOtherwise(plan, plan)).toBe(true)
  expect(endsOtherwise(plan, { ...plan, rule: 'FREQ=DAILY;UNTIL=20261202', additions: ['2026-12-09'] })).toBe(true)
  expect(endsOtherwise(plan, { ...plan, rule: 'FREQ=DAILY;INTERVAL=2;COUNT=3' })).toBe(false)
  expect(endsOtherwise(plan, { ...plan, start: '2026-12-02' })).toBe(false)
  expect(endsOtherwise(plan, { ...plan, anchor: 'completion' })).toBe(false)
  expect(endsOtherwise(plan, { ...plan, exceptions: ['2026-12-02'] })).toBe(false)
})
