import fc from 'fast-check'
import { expect, test } from 'vitest'
import { occurrences } from '../src/recurrence.ts'
import { parseRecurrenceRule } from '../src/recurrence-rule.ts'
import { describeRecurrence, type DescribeOptions } from '../src/recurrence-words.ts'
import { endlessRule, seriesInput } from './arbitrary-rule.ts'

const table: [rule: string, words: string, options?: Partial<DescribeOptions>][] = [
  ['FREQ=DAILY', 'Every day'],
  ['FREQ=DAILY', 'Every day at 09:00', { start: '2026-01-31T09:00:00' }],
  ['FREQ=DAILY', 'Every day at 09:00:30', { start: '2026-01-31T09:00:30' }],
  ['FREQ=DAILY', 'Every day', { start: '2026-01-31T09:00:00', withTime: false }],
  ['FREQ=DAILY;INTERVAL=3;COUNT=10', 'Every 3 days, 10 times'],
  ['FREQ=DAILY;COUNT=1', 'Every day, once'],
  ['FREQ=DAILY;INTERVAL=3', 'Every 3 days, from completion', { anchor: 'completion' }],
  ['FREQ=MONTHLY;INTERVAL=3', 'Every 3 months, from completion', { anchor: 'completion' }],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4', 'Every 2 weeks, 4 times, from completion', { anchor: 'completion' }],
  ['FREQ=YEARLY', 'Every year, from completion', { anchor: 'completion' }],
  ['FREQ=WEEKLY;BYDAY=MO', 'Every week on Monday, from completion', { anchor: 'completion' }],
  ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'Every weekday'],
  ['FREQ=DAILY;BYDAY=SU', 'Every week on Sunday'],
  ['FREQ=DAILY;INTERVAL=2;BYDAY=MO,SU', 'Every 2 days, if it is a Monday or Sunday'],
  ['FREQ=DAILY;BYMONTH=6,7', 'Every day, if it is in June or July'],
  ['FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR', 'Every day, if it is a Friday and the 13th of the month'],
  ['FREQ=WEEKLY', 'Every week on Saturday'],
  ['FREQ=WEEKLY;BYDAY=TU,MO,WE,FR,TH', 'Every weekday'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU', 'Every day'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=9', 'Every weekday in September'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR', 'Every 2 weeks on every weekday'],
  ['FREQ=WEEKLY;BYDAY=SU,SA', 'Every week on every weekend day'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,MO', 'Every 2 weeks on Monday and Wednesday'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;WKST=SU', 'Every 2 weeks on Monday, weeks starting on Sunday'],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;WKST=SU', 'Every 2 weeks on Saturday'],
  ['FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1', 'Every week on Monday and Wednesday, only the 1st of these days in each week'],
  ['FREQ=MONTHLY;BYMONTHDAY=1', 'Monthly on the 1st'],
  ['FREQ=MONTHLY;BYMONTHDAY=1,-1,15', 'Monthly on the 1st, 15th and last day'],
  ['FREQ=MONTHLY;BYMONTHDAY=-2', 'Monthly on the 2nd-to-last day'],
  ['FREQ=MONTHLY', 'Monthly on the 31st, skipping shorter months'],
  ['FREQ=MONTHLY;BYMONTH=1,3', 'Every month on the 31st of January and March'],
  ['FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1', 'Monthly on the 30th, or the last day of a shorter month'],
  [
    'FREQ=MONTHLY;BYMONTHDAY=5,15,28,29,30;BYSETPOS=1,2,-1',
    'Monthly on the 5th, 15th and 30th, or the last day of a shorter month',
  ],
  ['FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=-1', 'Monthly on the 1st and 2nd, only the last of these days in each month'],
  ['FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1', 'Every 2 months on the 1st'],
  ['FREQ=MONTHLY;BYDAY=-1FR', 'Every month on the last Friday'],
  ['FREQ=MONTHLY;BYDAY=2TU,-1FR;BYMONTH=3', 'Every month on the 2nd Tuesday and last Friday of March'],
  ['FREQ=MONTHLY;BYDAY=MO,WE', 'Every month on every Monday and Wednesday'],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', 'Every month on the last weekday'],
  ['FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2,-1', 'Every month on the 2nd and last Tuesday'],
  [
    'FREQ=MONTHLY;BYDAY=TU,WE;BYSETPOS=2',
    'Every month on every Tuesday and Wednesday, only the 2nd of these days in each month',
  ],
  [
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    'Every month on the 13th, if it is a Friday, at 09:00',
    { start: '2026-01-31T09:00' },
  ],
  ['FREQ=MONTHLY;BYDAY=2FR;BYMONTHDAY=13', 'Every month on the 13th, if it is the 2nd Friday of the month'],
  ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1', 'Every year on 1 March'],
  ['FREQ=YEARLY', 'Every year on 31 January'],
  ['FREQ=YEARLY;INTERVAL=4;BYMONTH=6,3;BYMONTHDAY=1', 'Every 4 years on 1 March and 1 June'],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 'Every year on 29 February, in leap years'],
  [
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1',
    'Every year on 29 February, or the last day of February when it is shorter',
  ],
  [
    'FREQ=YEARLY;BYMONTHDAY=28,29;BYSETPOS=-1',
    'Every year on the 28th and 29th of every month, only the last of these days in each year',
  ],
  ['FREQ=YEARLY;BYMONTH=3,6;BYMONTHDAY=1,15', 'Every year on the 1st and 15th of March and June'],
  ['FREQ=YEARLY;BYMONTHDAY=1', 'Every year on the 1st of every month'],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1', 'Every year on the last day of February'],
  ['FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU', 'Every year on the last Sunday of March and October'],
  ['FREQ=YEARLY;BYDAY=20MO', 'Every year on the 20th Monday of the year'],
  ['FREQ=YEARLY;BYDAY=MO;BYMONTH=6', 'Every year on every Monday in June'],
  ['FREQ=YEARLY;BYDAY=MO;BYSETPOS=1', 'Every year on the 1st Monday of the year'],
  ['FREQ=YEARLY;BYDAY=MO;BYMONTH=6;BYSETPOS=1', 'Every year on the 1st Monday of June'],
  [
    'FREQ=YEARLY;BYDAY=MO;BYMONTH=6,7;BYSETPOS=1',
    'Every year on every Monday in June and July, only the 1st of these days in each year',
  ],
  ['FREQ=YEARLY;BYYEARDAY=100,-1', 'Every year on the 100th and last day of the year'],
  [
    'FREQ=YEARLY;BYYEARDAY=100;BYDAY=MO;BYMONTH=4',
    'Every year on the 100th day of the year, if it is a Monday and in April',
  ],
  [
    'FREQ=YEARLY;BYYEARDAY=111;BYWEEKNO=16;BYMONTHDAY=21',
    'Every year on the 111th day of the year, if it is in week 16 and the 21st of the month',
  ],
  ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,FR', 'Every year on Monday and Friday of week 20'],
  [
    'FREQ=YEARLY;BYWEEKNO=-1;BYMONTH=12;WKST=SU',
    'Every year on every day of the last week of the year, if it is in December, weeks starting on Sunday',
  ],
  ['FREQ=YEARLY;BYDAY=1MO;BYYEARDAY=3', 'Every year on the 3rd day of the year, if it is the 1st Monday of the year'],
  ['FREQ=DAILY;UNTIL=20270531', 'Every day, until 31 May 2027'],
  ['FREQ=DAILY;UNTIL=20270531T090000', 'Every day at 09:00, until 31 May 2027', { start: '2026-01-31T09:00:00' }],
  ['FREQ=DAILY;UNTIL=20270531T085900', 'Every day at 09:00, until 30 May 2027', { start: '2026-01-31T09:00:00' }],
  ['FREQ=DAILY;UNTIL=20270531T220000Z', 'Every day, until 1 June 2027', { timeZone: 'Europe/Berlin' }],
  ['FREQ=DAILY;UNTIL=20270531T000000Z', 'Every day, until 31 May 2027', { timeZone: 'America/New_York' }],
  ['FREQ=DAILY;UNTIL=20270531T220000Z', 'Every day, until 31 May 2027 at 22:00 UTC'],
  ['FREQ=MONTHLY;BYDAY=TU,1SA', 'Every month on every Tuesday, if it is the 1st Saturday of the month'],
]

test.each(table)('%s is “%s”', (rule, words, options) => {
  expect(describeRecurrence(rule, { start: '2026-01-31', ...options })).toBe(words)
})

test('every rule has words, without gaps in them', () => {
  fc.assert(
    fc.property(seriesInput, ({ rule, start }) => {
      expect(describeRecurrence(rule, { start })).toMatch(/^(Every|Monthly) ?(?!.*(undefined|null|NaN| {2}| ,|,,| $))/)
    }),
  )
})

function isAccepted(rule: string): boolean {
  try {
    return parseRecurrenceRule(rule) !== null
  } catch {
    return false
  }
}

test('rules with the same words are rules with the same days', () => {
  const start = '2026-01-31'
  const days = (rule: string) => occurrences({ rule, start, timeZone: 'UTC', count: 12 }).map(({ local }) => local)
  const accepted = fc.sample(endlessRule, { numRuns: 3_000, seed: 1 }).filter(isAccepted)
  const alike = Map.groupBy(accepted, (rule) => describeRecurrence(rule, { start }))
  expect(alike.size).toBeGreaterThan(1_000)
  for (const [words, [first, ...others]] of alike) {
    for (const rule of others) expect(days(rule), `${rule} and ${first}: ${words}`).toEqual(days(first!))
  }
})
