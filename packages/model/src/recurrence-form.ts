import { dayNumberOf } from './civil-days.ts'
import type { Weekday } from './civil-days.ts'
import { withStart } from './recurrence-days.ts'
import { formatRecurrenceRule, readRecurrenceRule } from './recurrence-rule.ts'
import type { RecurrenceRule } from './recurrence-rule.ts'

/** Days of a month that have a number; -1 is the last one. */
interface NumberedDays {
  kind: 'days'
  days: number[]
  /** What becomes of a day after the 28th in a month that is too short: the last day instead, or none. */
  inShortMonths: 'last' | 'skip'
}

export const DAY_KINDS = ['day', 'weekday', 'weekend day'] as const

/** The second Tuesday, the last weekday. */
interface OrdinalDay {
  kind: 'ordinal'
  /** 1 to 5 from the beginning of the month, -1 and -2 from its end. */
  position: number
  day: Weekday | (typeof DAY_KINDS)[number]
}

export type DaysOfMonth = NumberedDays | OrdinalDay

/** A rule as somebody says it, one part after the other; without its end. */
export type RecurrenceForm =
  | { unit: 'day'; interval: number }
  | { unit: 'week'; interval: number; weekdays: Weekday[] }
  | { unit: 'month'; interval: number; on: DaysOfMonth }
  | { unit: 'year'; interval: number; months: number[]; on: DaysOfMonth }

const WORKDAYS: Weekday[] = [0, 1, 2, 3, 4]
const WEEKEND: Weekday[] = [5, 6]

/**
 * The rule that says this, without an end.
 * @param weekStart in steps of several weeks it decides which days are of the same week
 */
export function ruleOfForm(form: RecurrenceForm, weekStart: Weekday = 0): string {
  const { interval } = form
  switch (form.unit) {
    case 'day':
      return write({ frequency: 'DAILY', interval })
    case 'week': {
      const byDay = sorted(form.weekdays).map((weekday) => ({ weekday, ordinal: null }))
      return write({ frequency: 'WEEKLY', interval, byDay, weekStart: interval > 1 ? weekStart : 0 })
    }
    case 'month':
      return write({ frequency: 'MONTHLY', interval, ...daysPart(form.on) })
    case 'year': {
      const part = daysPart(form.on)
      const byMonth = sorted(form.months)
      // A position counts within the period: for several months of a year, each has to be one.
      const isMonthly = (part.bySetPos?.length ?? 0) > 0 && byMonth.length > 1 && interval === 1
      return write({ frequency: isMonthly ? 'MONTHLY' : 'YEARLY', interval, byMonth, ...part })
    }
  }
}

/** Whether a rule can say it: of several days from the 28th on, or in several months of every so many years, none can. */
export function canFallOnLastDay(form: RecurrenceForm): boolean {
  if (form.unit === 'day' || form.unit === 'week' || form.on.kind !== 'days') return false
  const late = form.on.days.filter((day) => day >= 28 || day === -1)
  if (late.length !== 1 || late[0]! <= 28) return false
  return form.unit === 'month' || form.interval === 1 || form.months.length === 1
}

/**
 * The parts of a rule, as they would be entered; null for one that says more or less than the form can. Throws
 * RecurrenceRuleError.
 * @param start where a rule that names no day has it from (`2026-12-01`, a time after it is ignored)
 */
export function formOfRule(text: string, start: string | null = null): RecurrenceForm | null {
  const read = readRecurrenceRule(text)
  const rule = { ...(start === null ? read : withStart(read, dayNumberOf(start))), count: null, until: null }
  const form = partsOf(rule)
  if (!form) return null
  // Whatever was not understood is missing now.
  return ruleOfForm(form, rule.weekStart) === plain(rule, form) ? form : null
}

/** As `ruleOfForm` writes it: days in their order, and a week start only where it matters. */
function plain(rule: RecurrenceRule, form: RecurrenceForm): string {
  const isStepOfWeeks = form.unit === 'week' && form.interval > 1
  return formatRecurrenceRule({
    ...rule,
    byMonth: sorted(rule.byMonth),
    byMonthDay: daysInOrder(rule.byMonthDay),
    byDay: rule.byDay.toSorted((a, b) => a.weekday - b.weekday),
    weekStart: isStepOfWeeks ? rule.weekStart : 0,
  })
}

function partsOf({ frequency, interval, byDay, byMonth, byMonthDay, bySetPos }: RecurrenceRule): RecurrenceForm | null {
  if (frequency === 'DAILY') return { unit: 'day', interval }
  if (frequency === 'WEEKLY') {
    return byDay.length > 0 ? { unit: 'week', interval, weekdays: byDay.map(({ weekday }) => weekday) } : null
  }
  const on = byDay.length > 0 ? ordinalOf(byDay, bySetPos) : numberedOf(byMonthDay, bySetPos)
  if (!on) return null
  if (byMonth.length > 0) return { unit: 'year', interval, months: sorted(byMonth), on }
  return frequency === 'MONTHLY' ? { unit: 'month', interval, on } : null
}

function ordinalOf(byDay: RecurrenceRule['byDay'], bySetPos: number[]): OrdinalDay | null {
  const [first] = byDay
  if (byDay.length === 1 && first!.ordinal !== null && bySetPos.length === 0) {
    return { kind: 'ordinal', position: first!.ordinal, day: first!.weekday }
  }
  const position = bySetPos.length === 1 ? bySetPos[0]! : null
  const days = byDay.map(({ weekday }) => weekday)
  if (position === null || byDay.some(({ ordinal }) => ordinal !== null)) return null
  if (isSame(days, WORKDAYS)) return { kind: 'ordinal', position, day: 'weekday' }
  if (isSame(days, WEEKEND)) return { kind: 'ordinal', position, day: 'weekend day' }
  return isSame(days, [...WORKDAYS, ...WEEKEND]) ? { kind: 'ordinal', position, day: 'day' } : null
}

function numberedOf(byMonthDay: number[], bySetPos: number[]): NumberedDays | null {
  if (byMonthDay.length === 0) return null
  if (bySetPos.length === 0) return { kind: 'days', days: daysInOrder(byMonthDay), inShortMonths: 'skip' }
  const late = Math.max(...byMonthDay)
  const days = [...byMonthDay.filter((day) => day < 28), ...(late > 28 ? [late] : [])]
  return { kind: 'days', days: daysInOrder(days), inShortMonths: 'last' }
}

function daysPart(on: DaysOfMonth): Partial<RecurrenceRule> {
  if (on.kind === 'ordinal') return ordinalPart(on)
  const days = daysInOrder(on.days)
  const late = days.findLast((day) => day > 28)
  if (on.inShortMonths === 'skip' || late === undefined) return { byMonthDay: days }
  const early = days.filter((day) => day > 0 && day < 28)
  if (late === 31 && early.length > 0) return { byMonthDay: daysInOrder([...early, -1]) }
  // Of the days from the 28th on, the last one that the month has.
  const candidates = Array.from({ length: late - 27 }, (_, index) => 28 + index)
  return { byMonthDay: [...early, ...candidates], bySetPos: [...early.map((_, index) => index + 1), -1] }
}

function ordinalPart({ position, day }: OrdinalDay): Partial<RecurrenceRule> {
  if (typeof day === 'number') return { byDay: [{ weekday: day, ordinal: position }] }
  const weekdays = { day: [...WORKDAYS, ...WEEKEND], weekday: WORKDAYS, 'weekend day': WEEKEND }[day]
  return { byDay: weekdays.map((weekday) => ({ weekday, ordinal: null })), bySetPos: [position] }
}

const EMPTY = { byDay: [], byMonthDay: [], byYearDay: [], byWeekNo: [], byMonth: [], bySetPos: [] }

function write(parts: Pick<RecurrenceRule, 'frequency' | 'interval'> & Partial<RecurrenceRule>): string {
  return formatRecurrenceRule({ ...EMPTY, weekStart: 0, count: null, until: null, ...parts })
}

function sorted<N extends number>(numbers: readonly N[]): N[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b)
}

/** The last day comes last. */
function daysInOrder(days: readonly number[]): number[] {
  return [...sorted(days.filter((day) => day > 0)), ...sorted(days.filter((day) => day < 0))]
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  return sorted(some).join() === others.join()
}
