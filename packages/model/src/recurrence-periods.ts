import {
  civilDate,
  dayNumber,
  DAYS_IN_400_YEARS,
  daysInMonth,
  daysInYear,
  weekdayOf,
  type CivilDate,
} from './civil-days.ts'
import { weekMatches } from './recurrence-weeks.ts'
import type { RecurrenceRule, RuleDay } from './recurrence-rule.ts'

/** The days, weeks, months or years that a rule steps through, numbered. */
export interface Periods {
  /** After so many periods the pattern of matching days begins again: those of 400 years, or fewer. */
  cycle: number
  numberOf(day: number): number
  /** Days of the period that match, in order, before BYSETPOS. */
  days(period: number): number[]
  /** Where nothing can match before a later period: that period. */
  skipTo?(period: number): number | undefined
}

/** Consecutive days: a month or a year. */
interface Span {
  first: number
  length: number
}

type DayTest = (day: number) => boolean
type SpanTest = (day: number, span: Span) => boolean

const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
const NO_DAYS: number[] = []

/** The periods of a rule from which nothing is left open (see withStart in recurrence-days.ts). */
export function periodsOf(rule: RecurrenceRule, startDay: number): Periods {
  switch (rule.frequency) {
    case 'DAILY':
      // Days by date are what monthly periods find too, in a thirtieth of the steps.
      return rule.interval === 1 && hasDates(rule) ? monthlyPeriods(rule) : dailyPeriods(rule)
    case 'WEEKLY':
      return weeklyPeriods(rule, startDay)
    case 'MONTHLY':
      return monthlyPeriods(rule)
    case 'YEARLY':
      return yearlyPeriods(rule)
  }
}

/** Positions from the start or, negative, from the end → positions from the start, in order; kept for each length. */
export function positionsIn(positions: number[]): (length: number) => number[] {
  const known = new Map<number, number[]>()
  return (length) => {
    let resolved = known.get(length)
    if (!resolved) {
      const found = positions.map((position) => (position < 0 ? length + 1 + position : position))
      resolved = [...new Set(found)].filter((position) => position >= 1 && position <= length).sort((a, b) => a - b)
      known.set(length, resolved)
    }
    return resolved
  }
}

function dailyPeriods(rule: RecurrenceRule): Periods {
  const isWeekday = dayOfWeekTest(rule.byDay)
  const byDate = hasDates(rule)
  const periods: Periods = {
    cycle: byDate ? DAYS_IN_400_YEARS : 7,
    numberOf: (day) => day,
    days: (day) => (isWeekday(day) && (!byDate || isDate(rule, civilDate(day))) ? [day] : NO_DAYS),
  }
  if (rule.byMonth.length === 0) return periods
  const skipTo = (day: number) => {
    const date = civilDate(day)
    return inMonth(rule, date.month) ? undefined : day - date.day + 1 + daysInMonth(date.year, date.month)
  }
  return { ...periods, skipTo }
}

/** As in dateutil, the first week has only its days from the start on, which BYSETPOS can tell. */
function weeklyPeriods(rule: RecurrenceRule, startDay: number): Periods {
  const isWeekday = dayOfWeekTest(rule.byDay)
  const isMonth: DayTest = rule.byMonth.length === 0 ? () => true : (day) => inMonth(rule, civilDate(day).month)
  const offset = 3 - rule.weekStart
  return {
    cycle: rule.byMonth.length === 0 ? 1 : DAYS_IN_400_YEARS / 7,
    numberOf: (day) => Math.floor((day + offset) / 7),
    days: (week) => {
      const span = { first: week * 7 - offset, length: 7 }
      return allDays(span, (day) => day >= startDay && isWeekday(day) && isMonth(day))
    },
  }
}

function monthlyPeriods(rule: RecurrenceRule): Periods {
  const isByDay = byDayTest(rule.byDay)
  const candidates = candidatesOf(rule.byMonthDay)
  return {
    cycle: 4_800,
    numberOf: (day) => {
      const { year, month } = civilDate(day)
      return year * 12 + month - 1
    },
    days: (period) => {
      const month = (period % 12) + 1
      if (!inMonth(rule, month)) return NO_DAYS
      const span = monthSpan(Math.floor(period / 12), month)
      return candidates(span, (day) => isByDay(day, span))
    },
  }
}

/** Ordinals of BYDAY count in the month where BYMONTH is there, else in the year. */
function yearlyPeriods(rule: RecurrenceRule): Periods {
  const isByDay = byDayTest(rule.byDay)
  const byYearDay = candidatesOf(rule.byYearDay)
  const byMonthDay = candidatesOf(rule.byMonthDay)
  const days = (year: number) => {
    const yearSpan = { first: dayNumber(year, 1, 1), length: daysInYear(year) }
    const isInWeek = weekMatches(rule, year)
    const countedIn = (month: Span) => (rule.byMonth.length === 0 ? yearSpan : month)
    if (!hasDates(rule)) return byYearDay(yearSpan, (day) => isByDay(day, yearSpan) && isInWeek(day))
    if (rule.byYearDay.length > 0) {
      return byYearDay(yearSpan, (day) => {
        const date = civilDate(day)
        return isDate(rule, date) && isByDay(day, countedIn(monthSpan(year, date.month))) && isInWeek(day)
      })
    }
    return MONTHS.flatMap((month) => {
      if (!inMonth(rule, month)) return NO_DAYS
      const span = monthSpan(year, month)
      return byMonthDay(span, (day) => isByDay(day, countedIn(span)) && isInWeek(day))
    })
  }
  return { cycle: 400, numberOf: (day) => civilDate(day).year, days }
}

function monthSpan(year: number, month: number): Span {
  return { first: dayNumber(year, month, 1), length: daysInMonth(year, month) }
}

function inMonth({ byMonth }: RecurrenceRule, month: number): boolean {
  return byMonth.length === 0 || byMonth.includes(month)
}

function hasDates({ byMonth, byMonthDay }: RecurrenceRule): boolean {
  return byMonth.length + byMonthDay.length > 0
}

function isDate(rule: RecurrenceRule, { year, month, day }: CivilDate): boolean {
  if (!inMonth(rule, month)) return false
  const fromEnd = day - daysInMonth(year, month) - 1
  return rule.byMonthDay.length === 0 || rule.byMonthDay.includes(day) || rule.byMonthDay.includes(fromEnd)
}

/** The listed positions of a span, or all of its days where none is listed, as far as they pass a test. */
function candidatesOf(positions: number[]): (span: Span, test: DayTest) => number[] {
  if (positions.length === 0) return allDays
  const resolved = positionsIn(positions)
  return ({ first, length }, test) => {
    const days: number[] = []
    for (const position of resolved(length)) if (test(first + position - 1)) days.push(first + position - 1)
    return days
  }
}

function allDays({ first, length }: Span, test: DayTest): number[] {
  const days: number[] = []
  for (let day = first; day < first + length; day++) if (test(day)) days.push(day)
  return days
}

function dayOfWeekTest(byDay: RuleDay[]): DayTest {
  if (byDay.length === 0) return () => true
  const listed = [0, 1, 2, 3, 4, 5, 6].map((weekday) => byDay.some((entry) => entry.weekday === weekday))
  return (day) => listed[weekdayOf(day)]!
}

/** Days of the week, and those with an ordinal counted in a span: two conditions that must both hold, as in dateutil. */
function byDayTest(byDay: RuleDay[]): SpanTest {
  const isPlain = dayOfWeekTest(byDay.filter((entry) => entry.ordinal === null))
  const numbered = byDay.filter((entry) => entry.ordinal !== null)
  if (numbered.length === 0) return isPlain
  return (day, { first, length }) => {
    if (!isPlain(day)) return false
    const weekday = weekdayOf(day)
    const fromStart = Math.floor((day - first) / 7) + 1
    const fromEnd = -Math.floor((first + length - 1 - day) / 7) - 1
    return numbered.some((e) => e.weekday === weekday && (e.ordinal === fromStart || e.ordinal === fromEnd))
  }
}
