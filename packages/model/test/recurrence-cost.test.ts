import { expect, test } from 'vitest'
import { nextOccurrence, occurrences } from '../src/recurrence.ts'
import { parseRecurrenceRule, RecurrenceRuleError } from '../src/recurrence-rule.ts'

const LIMIT_MS = 10
const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1).join()

const neverFiring = [
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;BYMONTHDAY=31;BYSETPOS=2',
  'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=7',
  'FREQ=WEEKLY;BYMONTH=5;BYDAY=MO;BYSETPOS=8',
  'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=366',
  'FREQ=MONTHLY;BYMONTH=4,6,9,11;BYMONTHDAY=31',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;BYDAY=MO;BYSETPOS=54',
  'FREQ=YEARLY;BYWEEKNO=1;BYMONTH=7',
  'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6',
  `FREQ=YEARLY;BYYEARDAY=${numbers(100)};BYMONTHDAY=${numbers(31)};BYDAY=53MO`,
]

const hostile = [
  ...neverFiring,
  'FREQ=DAILY;INTERVAL=2147483647',
  'FREQ=YEARLY;INTERVAL=2147483647',
  'FREQ=DAILY;COUNT=2147483647',
  'FREQ=DAILY;INTERVAL=7;BYDAY=TU',
  'FREQ=DAILY;INTERVAL=146096;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
  'FREQ=WEEKLY;BYDAY=MO,WE;COUNT=2147483647',
  'FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366',
  'FREQ=YEARLY;BYDAY=53SU',
  'FREQ=YEARLY;BYYEARDAY=366;BYDAY=MO',
  `FREQ=YEARLY;BYYEARDAY=${numbers(100)};BYWEEKNO=53;BYDAY=MO`,
]

/** Processor time of this thread, the least of five, since what else the machine does is not the rule's cost. */
function costMs(work: () => void): number {
  const costs = Array.from({ length: 5 }, () => {
    const begin = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(begin)
    return (user + system) / 1_000
  })
  return Math.min(...costs)
}

test.each(neverFiring)('%s is refused, since no day matches', (rule) => {
  expect(() => parseRecurrenceRule(rule)).toThrow(/no day ever matches/)
  expect(occurrences({ rule, start: '2026-01-01', timeZone: 'UTC', count: 1 })).toEqual([])
})

test.each(hostile)('%s costs at most 10 ms, read, expanded and completed', (rule) => {
  const read = () => {
    try {
      parseRecurrenceRule(rule)
    } catch (error) {
      if (!(error instanceof RecurrenceRuleError)) throw error
    }
  }
  expect(costMs(read)).toBeLessThan(LIMIT_MS)
  for (const start of ['0001-01-01', '2026-01-01']) {
    const series = { rule, start, timeZone: 'UTC' }
    expect(costMs(() => occurrences({ ...series, after: '2026-06-01', count: 20 }))).toBeLessThan(LIMIT_MS)
    expect(costMs(() => occurrences({ ...series, after: '9990-01-01', count: 1 }))).toBeLessThan(LIMIT_MS)
  }
  const recurrence = { rule, anchor: 'due', start: '2026-01-01', exceptions: [] } as const
  const completed = { occurrenceAt: '2026-01-01', occurrenceNumber: 1, completedAt: '2026-06-01T00:00:00Z' }
  expect(costMs(() => nextOccurrence({ recurrence, ...completed, timeZone: 'UTC' }))).toBeLessThan(LIMIT_MS)
})

test('a COUNT that reaches over many 400-year cycles is still counted exactly', () => {
  const series = { start: '0001-01-06', timeZone: 'UTC', count: 5 }
  const endless = occurrences({ ...series, rule: 'FREQ=MONTHLY;BYMONTHDAY=31', after: '9900-01-01' })
  const months = 7 * 9_899
  const counted = occurrences({
    ...series,
    rule: `FREQ=MONTHLY;BYMONTHDAY=31;COUNT=${months + 3}`,
    after: '9900-01-01',
  })
  expect(counted).toEqual(endless.slice(0, 3))
})
