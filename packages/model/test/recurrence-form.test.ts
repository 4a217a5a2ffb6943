import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Weekday } from '../src/civil-days.ts'
import { occurrences } from '../src/recurrence.ts'
import { canFallOnLastDay, DAY_KINDS, formOfRule, ruleOfForm } from '../src/recurrence-form.ts'
import type { DaysOfMonth, RecurrenceForm } from '../src/recurrence-form.ts'
import { describeRecurrence } from '../src/recurrence-words.ts'
import { endlessRule, seriesInput } from './arbitrary-rule.ts'

const weekday = fc.integer({ min: 0, max: 6 }) as fc.Arbitrary<Weekday>
const some = <N>(numbers: fc.Arbitrary<N>) => fc.uniqueArray(numbers, { minLength: 1, maxLength: 4 })
const interval = fc.integer({ min: 1, max: 12 })
const numbered: fc.Arbitrary<DaysOfMonth> = fc.record({
  kind: fc.constant('days'),
  days: some(fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant(-1))),
  inShortMonths: fc.constantFrom('last', 'skip'),
})
const ordinal: fc.Arbitrary<DaysOfMonth> = fc.record({
  kind: fc.constant('ordinal'),
  position: fc.constantFrom(1, 2, 3, 4, -1, -2),
  day: fc.oneof(weekday, fc.constantFrom(...DAY_KINDS)),
})
const on = fc.oneof(numbered, ordinal)
const aForm: fc.Arbitrary<RecurrenceForm> = fc
  .oneof(
    fc.record({ unit: fc.constant('day' as const), interval }),
    fc.record({ unit: fc.constant('week' as const), interval, weekdays: some(weekday) }),
    fc.record({ unit: fc.constant('month' as const), interval, on }),
    fc.record({ unit: fc.constant('year' as const), interval, months: some(fc.integer({ min: 1, max: 12 })), on }),
  )
  .filter(
    (form) =>
      !('on' in form) || form.on.kind === 'ordinal' || form.on.inShortMonths === 'skip' || canFallOnLastDay(form),
  )

const days = (rule: string, start = '2026-01-01', count = 12) =>
  occurrences({ rule, start, timeZone: 'UTC', count }).map(({ local }) => local)

describe('what is entered', () => {
  test('is read back from its rule as the same days', () => {
    fc.assert(
      fc.property(aForm, weekday, (form, weekStart) => {
        const rule = ruleOfForm(form, weekStart)
        const again = formOfRule(rule)
        expect(again, rule).not.toBeNull()
        expect(ruleOfForm(again!, weekStart)).toBe(rule)
      }),
    )
  })

  test('has every day of the month that was named, in a month that has them', () => {
    fc.assert(
      fc.property(aForm, (form) => {
        if (form.unit !== 'month' || form.on.kind !== 'days') return
        const expected = [...new Set(form.on.days.map((day) => (day === -1 ? 31 : day)))].toSorted((a, b) => a - b)
        const found = days(ruleOfForm(form), '2026-01-01', 10).filter((day) => day.startsWith('2026-01'))
        expect(found.map((day) => Number(day.slice(8)))).toEqual(expected)
      }),
    )
  })

  test('is described by its rule in words', () => {
    fc.assert(
      fc.property(aForm, (form) => {
        expect(describeRecurrence(ruleOfForm(form), { start: '2026-01-01' })).toMatch(/^(Every|Monthly)/)
      }),
    )
  })

  test.each<[string, RecurrenceForm, string]>([
    ['every third day', { unit: 'day', interval: 3 }, 'FREQ=DAILY;INTERVAL=3'],
    ['Wednesday and Monday', { unit: 'week', interval: 1, weekdays: [2, 0] }, 'FREQ=WEEKLY;BYDAY=MO,WE'],
    [
      'every second week',
      { unit: 'week', interval: 2, weekdays: [0, 6] },
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU',
    ],
    [
      'the 15th and the last',
      month({ kind: 'days', days: [-1, 15], inShortMonths: 'skip' }),
      'FREQ=MONTHLY;BYMONTHDAY=15,-1',
    ],
    ['the second Tuesday', month({ kind: 'ordinal', position: 2, day: 1 }), 'FREQ=MONTHLY;BYDAY=2TU'],
    [
      'the last weekday',
      month({ kind: 'ordinal', position: -1, day: 'weekday' }),
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    ],
  ])('%s', (_, form, rule) => {
    expect(ruleOfForm(form, 6)).toBe(rule)
  })
})

describe('a day that a short month does not have', () => {
  test('is its last day, also beside earlier ones, or none: as it was chosen', () => {
    const from = (list: number[], inShortMonths: 'last' | 'skip') =>
      days(ruleOfForm(month({ kind: 'days', days: list, inShortMonths })), '2026-01-01', 4)
    expect(from([31], 'last')).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'])
    expect(from([31], 'skip')).toEqual(['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31'])
    expect(from([15, 30], 'last')).toEqual(['2026-01-15', '2026-01-30', '2026-02-15', '2026-02-28'])
    expect(from([15, 31], 'last')).toEqual(['2026-01-15', '2026-01-31', '2026-02-15', '2026-02-28'])
  })

  test('in several months of a year is the last of each', () => {
    const form: RecurrenceForm = {
      unit: 'year',
      interval: 1,
      months: [2, 3],
      on: { kind: 'days', days: [30], inShortMonths: 'last' },
    }
    expect(days(ruleOfForm(form), '2026-01-01', 3)).toEqual(['2026-02-28', '2026-03-30', '2027-02-28'])
  })

  test('is offered as its last only where a rule can say that', () => {
    const ofMonth = (list: number[]) => canFallOnLastDay(month({ kind: 'days', days: list, inShortMonths: 'skip' }))
    expect([[29], [31], [5, 30]].map(ofMonth)).toEqual([true, true, true])
    expect([[28], [28, 30], [29, 30], [30, -1], [-1]].map(ofMonth)).toEqual([false, false, false, false, false])
    const ofYears = (interval: number, months: number[]) =>
      canFallOnLastDay({ unit: 'year', interval, months, on: { kind: 'days', days: [31], inShortMonths: 'skip' } })
    expect([ofYears(1, [2, 4]), ofYears(2, [2]), ofYears(2, [2, 4])]).toEqual([true, true, false])
  })
})

describe('a rule from elsewhere', () => {
  test('is shown in the form only when that says all of it', () => {
    fc.assert(
      fc.property(endlessRule, (rule) => {
        const form = formOfRule(rule)
        if (!form) return
        for (const start of ['2024-01-31', '2027-03-15']) {
          const written = ruleOfForm(form, 0)
          if (!rule.includes('WKST'))
            expect(days(written, start, 5), `${rule} → ${written}`).toEqual(days(rule, start, 5))
        }
      }),
    )
  })

  test.each([
    'FREQ=YEARLY;BYYEARDAY=100',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    'FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR',
    'FREQ=WEEKLY',
    'FREQ=MONTHLY',
    'FREQ=DAILY;BYMONTH=1',
    'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1',
    'FREQ=MONTHLY;BYDAY=1MO,3MO',
    'FREQ=MONTHLY;BYMONTHDAY=1,2,3;BYSETPOS=2',
  ])('%s says more or less than the form', (rule) => {
    expect(formOfRule(rule)).toBeNull()
  })

  test.each<[string, RecurrenceForm]>([
    ['FREQ=WEEKLY;INTERVAL=2', { unit: 'week', interval: 2, weekdays: [5] }],
    ['FREQ=MONTHLY', month({ kind: 'days', days: [31], inShortMonths: 'skip' })],
    [
      'FREQ=YEARLY',
      { unit: 'year', interval: 1, months: [1], on: { kind: 'days', days: [31], inShortMonths: 'skip' } },
    ],
  ])('%s has its day from the start of the series', (rule, form) => {
    expect(formOfRule(rule, '2026-01-31')).toEqual(form)
    expect(days(ruleOfForm(form), '2026-01-31')).toEqual(days(rule, '2026-01-31'))
  })

  test('loses its end, which is entered apart', () => {
    expect(formOfRule('FREQ=DAILY;INTERVAL=2;COUNT=5')).toEqual({ unit: 'day', interval: 2 })
  })
})

function month(of: DaysOfMonth): RecurrenceForm {
  return { unit: 'month', interval: 1, on: of }
}

test('a form that is read from a series goes on as that series does', () => {
  fc.assert(
    fc.property(seriesInput, (series) => {
      const form = formOfRule(series.rule)
      if (!form || series.rule.includes('WKST')) return
      const found = (rule: string) => occurrences({ ...series, rule, count: 6 })
      expect(found(ruleOfForm(form))).toEqual(found(series.rule))
    }),
  )
})
