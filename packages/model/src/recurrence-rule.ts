import { daysInMonth, type Weekday } from './civil-days.ts'
import { canFire } from './recurrence-days.ts'

/** What is wrong with a recurrence rule, in words for the person who wrote it. */
export class RecurrenceRuleError extends Error {
  override readonly name = 'RecurrenceRuleError'
}

export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof FREQUENCIES)[number]

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const

/** A day of the week; with an ordinal the n-th of its month or year, counted from the end when negative. */
export interface RuleDay {
  weekday: Weekday
  ordinal: number | null
}

/** When the last occurrence may be, at the latest: a day, a wall-clock time or an instant, in ISO form. */
export interface RuleUntil {
  kind: 'date' | 'local' | 'instant'
  value: string
}

/** An RFC 5545 RRULE at day level and above. Lists are in the order in which they were written. */
export interface RecurrenceRule {
  frequency: Frequency
  interval: number
  byDay: RuleDay[]
  byMonthDay: number[]
  byYearDay: number[]
  byWeekNo: number[]
  byMonth: number[]
  bySetPos: number[]
  weekStart: Weekday
  count: number | null
  until: RuleUntil | null
}

const MAX_LENGTH = 500
const MAX_NUMBER = 2_147_483_647
const SUB_DAILY = new Set(['SECONDLY', 'MINUTELY', 'HOURLY'])
const PARTS = [
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYDAY',
  'BYMONTHDAY',
  'BYYEARDAY',
  'BYWEEKNO',
  'BYMONTH',
  'BYSETPOS',
  'WKST',
]

/**
 * Reads and checks a rule such as `FREQ=MONTHLY;BYDAY=-1FR;COUNT=10` (RFC 5545 §3.3.10, without DTSTART).
 * Throws RecurrenceRuleError, whose message says what would be right, also for a rule that no day ever matches.
 */
export function parseRecurrenceRule(text: string): RecurrenceRule {
  const rule = readRecurrenceRule(text)
  if (rule.byDay.some(isPlain) && !rule.byDay.every(isPlain)) {
    fail(
      'BYDAY mixes days with and without a number, which programs read differently (most find no day at all): ' +
        'give every day a number, such as 1TU,1SA, or none',
    )
  }
  if (!canFire(rule)) {
    fail(`no day ever matches ${text.trim().slice(0, 200)}: check that its BY… parts can all be true of the same day`)
  }
  return rule
}

/** As parseRecurrenceRule, but a rule that no day matches is read too. For rules that were checked before. */
export function readRecurrenceRule(text: string): RecurrenceRule {
  const parts = splitParts(text)
  const frequency = readFrequency(parts.get('FREQ'))
  const rule: RecurrenceRule = {
    frequency,
    interval: readNumber(parts, 'INTERVAL', 1, MAX_NUMBER) ?? 1,
    byDay: readList(parts.get('BYDAY'), readDay),
    byMonthDay: readNumbers(parts, 'BYMONTHDAY', 31, true),
    byYearDay: readNumbers(parts, 'BYYEARDAY', 366, true),
    byWeekNo: readNumbers(parts, 'BYWEEKNO', 53, true),
    byMonth: readNumbers(parts, 'BYMONTH', 12, false),
    bySetPos: readNumbers(parts, 'BYSETPOS', 366, true),
    weekStart: readWeekday(parts.get('WKST') ?? 'MO', 'WKST'),
    count: readNumber(parts, 'COUNT', 1, MAX_NUMBER),
    until: readUntil(parts.get('UNTIL')),
  }
  checkCombination(rule)
  return rule
}

/** The rule as text again, in a fixed order and without what goes without saying. */
export function formatRecurrenceRule(rule: RecurrenceRule): string {
  const parts: [string, string | number | null][] = [
    ['FREQ', rule.frequency],
    ['INTERVAL', rule.interval === 1 ? null : rule.interval],
    ['BYMONTH', rule.byMonth.join()],
    ['BYWEEKNO', rule.byWeekNo.join()],
    ['BYYEARDAY', rule.byYearDay.join()],
    ['BYMONTHDAY', rule.byMonthDay.join()],
    ['BYDAY', rule.byDay.map((day) => `${day.ordinal ?? ''}${WEEKDAYS[day.weekday]}`).join()],
    ['BYSETPOS', rule.bySetPos.join()],
    ['WKST', rule.weekStart === 0 ? null : WEEKDAYS[rule.weekStart]],
    ['COUNT', rule.count],
    ['UNTIL', rule.until && rule.until.value.replace(/[-:]/g, '')],
  ]
  return parts.flatMap(([name, value]) => (value === null || value === '' ? [] : [`${name}=${value}`])).join(';')
}

function fail(message: string): never {
  throw new RecurrenceRuleError(message)
}

function isPlain(day: RuleDay): boolean {
  return day.ordinal === null
}

function splitParts(text: string): Map<string, string> {
  const parts = new Map<string, string>()
  const upper = text.trim().toUpperCase()
  if (upper === '') fail('must not be empty: write a rule such as FREQ=WEEKLY;BYDAY=MO,WE')
  if (upper.length > MAX_LENGTH) fail(`must be at most ${MAX_LENGTH} characters`)
  if (/[\r\n]|^DTSTART/.test(upper)) fail('must be one RRULE alone: give DTSTART as start, EXDATE as exceptions')
  for (const part of upper.replace(/^RRULE:/, '').split(';')) {
    const [name, value, ...rest] = part.split('=')
    if (!name || !value || rest.length > 0) fail(`"${part.slice(0, 40)}" must be NAME=value, such as FREQ=DAILY`)
    if (/^BY(HOUR|MINUTE|SECOND)$/.test(name)) {
      fail(`${name} is not supported: the time of day comes from the start, so leave ${name} out`)
    }
    if (!PARTS.includes(name)) fail(`${name.slice(0, 40)} is not a part of a rule: use ${PARTS.join(', ')}`)
    if (parts.has(name))
      fail(`${name} is there twice: write it once, with commas between its values where it is a list`)
    parts.set(name, value)
  }
  return parts
}

function readFrequency(value: string | undefined): Frequency {
  if (value === undefined) fail('FREQ is missing: begin with FREQ=DAILY, WEEKLY, MONTHLY or YEARLY')
  if (SUB_DAILY.has(value)) fail(`FREQ=${value} repeats more often than daily: FREQ=DAILY is the most often`)
  const frequency = FREQUENCIES.find((known) => known === value)
  return frequency ?? fail(`FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, not ${value.slice(0, 40)}`)
}

function readNumber(parts: Map<string, string>, name: string, min: number, max: number): number | null {
  const text = parts.get(name)
  if (text === undefined) return null
  const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN
  if (number >= min && number <= max) return number
  return fail(`${name} must be a whole number from ${min} to ${max}, not ${text.slice(0, 40)}`)
}

function readNumbers(parts: Map<string, string>, name: string, max: number, signed: boolean): number[] {
  return readList(parts.get(name), (text) => {
    const number = (signed ? /^[+-]?\d{1,3}$/ : /^\d{1,3}$/).test(text) ? Number(text) : 0
    if (number !== 0 && Math.abs(number) <= max) return number
    return fail(`${name} must be 1 to ${max}${signed ? ` or -${max} to -1` : ''}, not ${text.slice(0, 40) || 'empty'}`)
  })
}

function readList<T>(value: string | undefined, read: (item: string) => T): T[] {
  if (value === undefined) return []
  return [...new Set(value.split(','))].map(read)
}

function readDay(text: string): RuleDay {
  const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text)
  const ordinal = match?.[1] === undefined ? null : Number(match[1])
  if (!match || ordinal === 0 || Math.abs(ordinal ?? 1) > 53) {
    fail(`BYDAY must list days such as MO, or with a number from 1 to 53 as in 2TU or -1FR, not ${text.slice(0, 40)}`)
  }
  return { weekday: readWeekday(match[2]!, 'BYDAY'), ordinal }
}

function readWeekday(text: string, name: string): Weekday {
  const index = WEEKDAYS.findIndex((day) => day === text)
  return index < 0 ? fail(`${name} must use ${WEEKDAYS.join(', ')}, not ${text.slice(0, 40)}`) : (index as Weekday)
}

function readUntil(text: string | undefined): RuleUntil | null {
  if (text === undefined) return null
  const match = /^(\d{4})(\d\d)(\d\d)(?:T([01]\d|2[0-3])([0-5]\d)([0-5]\d|60)(Z?))?$/.exec(text)
  const [, year, month, day, hour, minute, second, utc] = match ?? []
  const exists = match && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1
  if (!exists || Number(day) > daysInMonth(Number(year), Number(month))) {
    fail(`UNTIL must be a date that exists, such as 20270531 or 20270531T070000Z, not ${text.slice(0, 40)}`)
  }
  const date = `${year}-${month}-${day}`
  if (hour === undefined) return { kind: 'date', value: date }
  const time = `${hour}:${minute}:${second === '60' ? '59' : second}`
  return utc ? { kind: 'instant', value: `${date}T${time}Z` } : { kind: 'local', value: `${date}T${time}` }
}

/** What RFC 5545 §3.3.10 forbids to combine. */
function checkCombination(rule: RecurrenceRule): void {
  const { frequency } = rule
  if (rule.count !== null && rule.until) fail('COUNT and UNTIL exclude each other: keep the one that ends the series')
  if (rule.byDay.some((day) => !isPlain(day))) {
    if (frequency === 'DAILY' || frequency === 'WEEKLY') {
      fail(
        `BYDAY with a number needs FREQ=MONTHLY or FREQ=YEARLY: with FREQ=${frequency} write the day alone, such as MO`,
      )
    }
    const isInMonth = frequency === 'MONTHLY' || rule.byMonth.length > 0
    if (isInMonth && rule.byDay.some((day) => Math.abs(day.ordinal ?? 0) > 5)) {
      fail('BYDAY counts in a month, which has at most five of a weekday: use 1 to 5 or -5 to -1, such as -1FR')
    }
    if (rule.byWeekNo.length > 0) fail('BYDAY with a number cannot go with BYWEEKNO: write the day alone, such as MO')
  }
  if (rule.byMonthDay.length > 0 && frequency === 'WEEKLY') {
    fail('BYMONTHDAY cannot go with FREQ=WEEKLY: use FREQ=MONTHLY, or BYDAY')
  }
  if (rule.byYearDay.length > 0 && frequency !== 'YEARLY') fail('BYYEARDAY needs FREQ=YEARLY')
  if (rule.byWeekNo.length > 0 && frequency !== 'YEARLY') fail('BYWEEKNO needs FREQ=YEARLY')
  const others = [rule.byDay, rule.byMonthDay, rule.byYearDay, rule.byWeekNo, rule.byMonth]
  if (rule.bySetPos.length > 0 && others.every((list) => list.length === 0)) {
    fail('BYSETPOS chooses among the days of another BY… part: add one, such as BYDAY=MO,TU,WE,TH,FR')
  }
}

/** Whether a rule says on which days; otherwise they come from its start, or it is a mere distance. */
export function namesDays({ byDay, byMonthDay, byYearDay, byWeekNo, byMonth }: RecurrenceRule): boolean {
  return [byDay, byMonthDay, byYearDay, byWeekNo, byMonth].some(({ length }) => length > 0)
}
