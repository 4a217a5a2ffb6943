import { expect, test } from 'vitest'
import { assertRecurs, occurrences, type OccurrencesInput } from '../src/recurrence.ts'
import { RecurrenceRuleError } from '../src/recurrence-rule.ts'

function locals(rule: string, start: string, rest: Partial<OccurrencesInput> = {}): string[] {
  return occurrences({ rule, start, timeZone: 'Europe/Berlin', count: 4, ...rest }).map(({ local }) => local)
}

test('a series of days has no time, and the instant is midnight in the zone', () => {
  expect(occurrences({ rule: 'FREQ=DAILY', start: '2026-03-28', timeZone: 'Europe/Berlin', count: 3 })).toEqual([
    { local: '2026-03-28', instant: '2026-03-27T23:00:00.000Z' },
    { local: '2026-03-29', instant: '2026-03-28T23:00:00.000Z' },
    { local: '2026-03-30', instant: '2026-03-29T22:00:00.000Z' },
  ])
})

test('a series keeps its hour over a change of the clock', () => {
  expect(occurrences({ rule: 'FREQ=DAILY', start: '2026-03-28T09:00', timeZone: 'Europe/Berlin', count: 2 })).toEqual([
    { local: '2026-03-28T09:00:00', instant: '2026-03-28T08:00:00.000Z' },
    { local: '2026-03-29T09:00:00', instant: '2026-03-29T07:00:00.000Z' },
  ])
})

test('a time that the clock skips takes the offset from before, one that comes twice is the first', () => {
  const input = { rule: 'FREQ=DAILY', timeZone: 'Europe/Berlin', count: 1 }
  const [skipped] = occurrences({ ...input, start: '2026-03-29T02:30:00' })
  expect(skipped).toEqual({ local: '2026-03-29T02:30:00', instant: '2026-03-29T01:30:00.000Z' })
  const [twice] = occurrences({ ...input, start: '2026-10-25T02:30:00' })
  expect(twice).toEqual({ local: '2026-10-25T02:30:00', instant: '2026-10-25T00:30:00.000Z' })
})

test('day 31 skips shorter months and never runs into the next one', () => {
  expect(locals('FREQ=MONTHLY', '2026-01-31')).toEqual(['2026-01-31', '2026-03-31', '2026-05-31', '2026-07-31'])
  expect(locals('FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', '2026-01-31')).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
  ])
})

test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'UTC'])('Mondays are Mondays in %s', (timeZone) => {
  for (const start of ['2026-01-01T00:00:00', '2026-01-01T23:45:00', '2026-01-01']) {
    const found = locals('FREQ=WEEKLY;BYDAY=MO', start, { timeZone, count: 2 })
    expect(found.map((local) => local.slice(0, 10))).toEqual(['2026-01-05', '2026-01-12'])
  }
})

test('a start that does not match is not an occurrence', () => {
  expect(locals('FREQ=WEEKLY;BYDAY=FR;COUNT=1', '2026-01-01')).toEqual(['2026-01-02'])
})

test('weeks begin on the day that the rule says', () => {
  const start = '1997-08-05'
  expect(locals('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO', start)).toEqual(
    ['1997-08-05', '1997-08-10', '1997-08-19', '1997-08-24'], // RFC 5545 §3.8.5.3
  )
  expect(locals('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU', start)).toEqual(
    ['1997-08-05', '1997-08-17', '1997-08-19', '1997-08-31'], // RFC 5545 §3.8.5.3
  )
})

test('days around New Year belong to the week that has most of their days', () => {
  const of = (week: number, after: string) => locals(`FREQ=YEARLY;BYWEEKNO=${week}`, '2020-01-01', { after, count: 1 })
  expect(of(52, '2038-12-31')).toEqual(['2039-01-01']) // 2038 has 52 weeks
  expect(of(53, '2020-12-31')).toEqual(['2021-01-01'])
  expect(of(-1, '2022-12-31')).toEqual(['2023-01-01'])
  expect(of(1, '2024-12-29')).toEqual(['2024-12-30'])
  expect(of(-52, '2024-12-29')).toEqual(['2024-12-30'])
})

test('UNTIL in UTC is compared with the instant, wherever the series lives', () => {
  const rule = 'FREQ=DAILY;UNTIL=20260103T130000Z'
  expect(locals(rule, '2026-01-01T08:00', { timeZone: 'America/New_York' })).toHaveLength(3)
  expect(locals(rule, '2026-01-01T08:01', { timeZone: 'America/New_York' })).toHaveLength(2)
})

test('UNTIL as a day holds to its end, as a wall-clock time to that time', () => {
  expect(locals('FREQ=DAILY;UNTIL=20260102', '2026-01-01T23:59')).toHaveLength(2)
  expect(locals('FREQ=DAILY;UNTIL=20260102', '2026-01-01')).toHaveLength(2)
  expect(locals('FREQ=DAILY;UNTIL=20260102T090000', '2026-01-01T09:00')).toHaveLength(2)
  expect(locals('FREQ=DAILY;UNTIL=20260102T085959', '2026-01-01T09:00')).toHaveLength(1)
  expect(locals('FREQ=DAILY;UNTIL=20260102T090000', '2026-01-01')).toHaveLength(2)
})

test('an exception is a time, or a day for whatever is on it, and uses up one of COUNT', () => {
  const rule = 'FREQ=DAILY;COUNT=3'
  const start = '2026-01-01T09:00:00'
  const left = ['2026-01-01T09:00:00', '2026-01-03T09:00:00']
  expect(locals(rule, start, { exceptions: ['2026-01-02T09:00'] })).toEqual(left)
  expect(locals(rule, start, { exceptions: ['2026-01-02'] })).toEqual(left)
  expect(locals(rule, start, { exceptions: ['2026-01-02T10:00'] })).toHaveLength(3)
  expect(locals(rule, '2026-01-01', { exceptions: ['2026-01-02T10:00'] })).toEqual(['2026-01-01', '2026-01-03'])
})

test('after is an instant, a time or a whole day', () => {
  const start = '2026-01-01T09:00:00'
  const first = (after: string) => locals('FREQ=DAILY', start, { after, count: 1 })[0]
  expect(first('2026-01-05T08:00:00Z')).toBe('2026-01-06T09:00:00')
  expect(first('2026-01-05T08:59:59+01:00')).toBe('2026-01-05T09:00:00')
  expect(first('2026-01-05T08:59')).toBe('2026-01-05T09:00:00')
  expect(first('2026-01-05T09:00')).toBe('2026-01-06T09:00:00')
  expect(first('2026-01-05')).toBe('2026-01-06T09:00:00')
  expect(first('2020-01-05')).toBe(start)
  expect(locals('FREQ=DAILY', '2026-01-01', { after: '2026-01-05T00:00', count: 1 })).toEqual(['2026-01-06'])
})

test('asking for none gives none', () => {
  expect(locals('FREQ=DAILY', '2026-01-01', { count: 0 })).toEqual([])
})

test('nothing happens after the year 9999', () => {
  expect(locals('FREQ=YEARLY', '9998-06-01')).toEqual(['9998-06-01', '9999-06-01'])
  expect(locals('FREQ=WEEKLY;BYDAY=MO,SU', '9999-12-27')).toEqual(['9999-12-27'])
})

test('a series without any occurrence from its start is refused', () => {
  const series = { rule: 'FREQ=YEARLY;BYMONTH=9', start: '2026-08-31', timeZone: 'UTC' }
  expect(() => assertRecurs(series)).toThrow(RecurrenceRuleError)
  expect(() => assertRecurs(series)).toThrow(/it never happens from 2026-08-31 on/)
  expect(() => assertRecurs({ ...series, start: '2026-08-30' })).not.toThrow()
  const over = { ...series, rule: 'FREQ=DAILY;UNTIL=20200101' }
  expect(() => assertRecurs(over)).toThrow(/or a later end/)
})

test.each(['', 'tomorrow', '2026-1-1', '2026-01-01T9:00', '2026-01-01T09:00:00Z'])(
  'a start of "%s" is refused',
  (start) => {
    expect(() => locals('FREQ=DAILY', start)).toThrow(/must be a local date or date-time/)
  },
)

test.each([
  ['20261212T000000Z', 'America/New_York'],
  ['20261212T235959Z', 'Asia/Tokyo'],
  ['20261213T045959Z', 'America/New_York'],
  ['20261212T145959Z', 'Asia/Tokyo'],
  ['20261212T225959Z', 'Europe/Berlin'],
  ['20261212', 'Asia/Tokyo'],
])('a series of days until %s in %s ends with the 12th, as the program that wrote it meant', (until, timeZone) => {
  const found = occurrences({ rule: `FREQ=DAILY;UNTIL=${until}`, start: '2026-12-10', timeZone, count: 9 })
  expect(found.map(({ local }) => local)).toEqual(['2026-12-10', '2026-12-11', '2026-12-12'])
})
