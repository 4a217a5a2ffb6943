import { expect, test } from 'vitest'
import { endOf, endsOtherwise, withEnd } from '../src/recurrence-end.ts'
import { occurrences } from '../src/recurrence.ts'

test.each([
  ['FREQ=DAILY', { kind: 'never' }],
  ['FREQ=DAILY;COUNT=3', { kind: 'after', count: 3 }],
  ['FREQ=DAILY;UNTIL=20261203', { kind: 'on', date: '2026-12-03' }],
  ['FREQ=DAILY;UNTIL=20261203T220000Z', { kind: 'on', date: '2026-12-03' }],
] as const)('%s has its end read', (rule, end) => {
  expect(endOf(rule)).toEqual(end)
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
