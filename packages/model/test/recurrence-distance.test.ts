import { expect, test } from 'vitest'
import { nextOccurrence } from '../src/recurrence.ts'
import { distanceOfRule, ruleOfDistance } from '../src/recurrence-distance.ts'
import { presetOf, presetRule } from '../src/recurrence-presets.ts'

const next = (rule: string, planned: string, completedOn: string) =>
  nextOccurrence({
    recurrence: { rule, anchor: 'completion', start: planned, exceptions: [] },
    occurrenceAt: planned,
    occurrenceNumber: 1,
    completedAt: `${completedOn}T12:00:00Z`,
    timeZone: 'UTC',
  })?.occurrenceAt

test.each([
  ['weekly', '2027-01-04', '2027-01-06', '2027-01-13'],
  ['monthly', '2027-01-04', '2027-01-06', '2027-02-06'],
  ['monthly', '2027-01-31', '2027-01-31', '2027-02-28'],
  ['monthly', '2028-01-30', '2028-01-30', '2028-02-29'],
  ['yearly', '2028-02-29', '2028-02-29', '2029-02-28'],
  ['yearly', '2027-03-01', '2027-04-02', '2028-04-02'],
  ['daily', '2027-01-04', '2027-01-06', '2027-01-07'],
] as const)(
  '%s from completion: planned for %s and done on %s, the next is on %s',
  (preset, planned, done, expected) => {
    expect(next(presetRule(preset, planned, 'completion')!, planned, done)).toBe(expected)
  },
)

test('a rule that names its day keeps it, also from completion', () => {
  expect(next('FREQ=WEEKLY;BYDAY=MO', '2027-01-04', '2027-01-06')).toBe('2027-01-11')
})

test.each(['daily', 'weekdays', 'weekly', 'monthly', 'yearly'] as const)(
  '%s is recognised again, whichever way it is counted',
  (preset) => {
    expect(presetOf(presetRule(preset, '2027-01-31', 'completion'), '2027-01-31', 'completion')).toBe(preset)
    expect(presetOf(presetRule(preset, '2027-01-31'), '2027-01-31')).toBe(preset)
  },
)

test.each([
  ['FREQ=DAILY;INTERVAL=3', { unit: 'day', interval: 3 }],
  ['FREQ=WEEKLY;INTERVAL=2', { unit: 'week', interval: 2 }],
  ['FREQ=MONTHLY', { unit: 'month', interval: 1 }],
  ['FREQ=YEARLY', { unit: 'year', interval: 1 }],
] as const)('%s is a distance, and is written as it was', (rule, distance) => {
  expect(distanceOfRule(rule)).toEqual(distance)
  expect(ruleOfDistance(distance)).toBe(rule)
})

test('a rule that names a day, a month or a position is none', () => {
  const rules = ['FREQ=WEEKLY;BYDAY=MO', 'FREQ=DAILY;BYMONTH=6', 'FREQ=MONTHLY;BYMONTHDAY=1', 'FREQ=YEARLY;BYYEARDAY=1']
  expect(rules.map(distanceOfRule)).toEqual([null, null, null, null])
})
