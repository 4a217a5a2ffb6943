import { expect, test } from 'vitest'
import { occurrences } from '../src/recurrence.ts'
import { presetOf, presetRule, RECURRENCE_PRESETS } from '../src/recurrence-presets.ts'

test.each([
  ['none', '2026-12-01', null],
  ['daily', '2026-12-01', 'FREQ=DAILY'],
  ['weekdays', '2026-12-01', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ['weekly', '2026-12-01T09:00', 'FREQ=WEEKLY;BYDAY=TU'],
  ['monthly', '2026-12-28', 'FREQ=MONTHLY;BYMONTHDAY=28'],
  ['monthly', '2026-12-29', 'FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1'],
  ['monthly', '2026-12-31', 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1'],
  ['yearly', '2026-12-31', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31'],
  ['yearly', '2028-02-29', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1'],
] as const)('%s from %s is %s', (preset, start, rule) => {
  expect(presetRule(preset, start)).toBe(rule)
})

test('every preset is recognised from its rule, on every day of a leap year', () => {
  for (let day = 0; day < 366; day++) {
    const start = new Date(Date.UTC(2028, 0, 1 + day)).toISOString().slice(0, 10)
    for (const preset of RECURRENCE_PRESETS) expect(presetOf(presetRule(preset, start), start)).toBe(preset)
  }
})

test('the start of a task is the first occurrence of its preset', () => {
  for (const start of ['2026-12-01', '2026-12-31', '2028-02-29']) {
    for (const preset of ['daily', 'weekly', 'monthly', 'yearly'] as const) {
      const rule = presetRule(preset, start)!
      expect(occurrences({ rule, start, timeZone: 'UTC', count: 1 })[0]?.local).toBe(start)
    }
  }
})

test('monthly on the 30th and yearly on 29 February fall on the last day of a shorter month', () => {
  const days = (rule: string | null, start: string) =>
    occurrences({ rule: rule!, start, timeZone: 'UTC', count: 4 }).map(({ local }) => local)
  expect(days(presetRule('monthly', '2026-12-30'), '2026-12-30')).toEqual([
    '2026-12-30',
    '2027-01-30',
    '2027-02-28',
    '2027-03-30',
  ])
  expect(days(presetRule('yearly', '2028-02-29'), '2028-02-29')).toEqual([
    '2028-02-29',
    '2029-02-28',
    '2030-02-28',
    '2031-02-28',
  ])
})

test.each([
  ['FREQ=DAILY;INTERVAL=1', 'daily'],
  ['FREQ=DAILY;BYDAY=FR,MO,TU,WE,TH', 'weekdays'],
  ['FREQ=WEEKLY;WKST=SU', 'weekly'],
  ['FREQ=MONTHLY', 'monthly'],
  ['FREQ=YEARLY', 'yearly'],
  ['FREQ=YEARLY;BYMONTH=12', 'yearly'],
  ['FREQ=WEEKLY;BYDAY=WE', 'custom'],
  ['FREQ=WEEKLY;INTERVAL=2', 'custom'],
  ['FREQ=MONTHLY;BYMONTHDAY=2', 'custom'],
  ['FREQ=DAILY;COUNT=3', 'custom'],
] as const)('%s from a Tuesday, the 1st of December, is %s', (rule, preset) => {
  expect(presetOf(rule, '2026-12-01')).toBe(preset)
})

test('a month that skips is no preset: the preset does not', () => {
  expect(presetOf('FREQ=MONTHLY', '2026-12-31')).toBe('custom')
})
