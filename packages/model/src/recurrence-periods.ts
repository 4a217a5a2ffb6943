import {
  civilDate,
  dayNumber,
  DAYS_IN_400_YEARS,
  daysInMonth,
  daysInYear,
  weekdayOf,
  type CivilDate,
} from './civil-days.ts'
import { neighbourWeeks, weekMatches } from './recurrence-weeks.ts'
import type { RecurrenceRule, RuleDay } from './recurrence-rule.ts'

/** The days, weeks, months or years that a rule steps through, numbered. */
export interface Periods {
  /** From one step to the next. */
  interval: number
  /** After so many periods the pattern of matching days begins again: those of 400 years, or fewer. */
  cycle: number
  numberOf(day: number): number
  /** Days of the period on which the rule fires, in order. */
  days(period: number): number[]
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
      // Days by date are found faster month by month, as long as a month has more than one step.
      return hasDates(rule) && rule.interval <= 31 ? dailyByMonth(rule, startDay) : dailyPeriods(rule)
    case 'WEEKLY':
      return weeklyPeriods(rule, startDay)
    case 'MONTHLY':
      return monthlyPeriods(rule)
    case 'YEARLY':
      return yearlyPeriods(rule)
  }
}

/** A day is a set of one: BYSETPOS leaves it as it is, or (see canChoose) nothing. */
function dailyPeriods(rule: RecurrenceRule): Periods {
  const isWeekday = dayOfWeekTest(rule.byDay)
  const byDate = hasDates(rule)
  return {
    interval: rule.interval,
    cycle: byDate ? DAYS_IN_400_YEARS : 7,
    numberOf: (day) => day,
    days: (day) => (isWeekday(day) && (!byDate || isDate(rule, civilDate(day))) ? [day] : NO_DAYS),
  }
}

function dailyByMonth(rule: RecurrenceRule, startDay: number): Periods {
  const months = monthlyPeriods({ ...rule, interval: 1, bySetPos: [] })
  if (rule.interval === 1) return months
  return {
    ...months,
    cycle: months.cycle * rule.interval,
    days: (month) => months.days(month).filter((day) => (day - startDay) % rule.interval === 0),
  }
}

/** As in dateutil, the first week has only its days from the start on, which BYSETPOS can tell. */
function weeklyPeriods(rule: RecurrenceRule, startDay: number): Periods {
  const isWeekday = dayOfWeekTest(rule.byDay)
  const isMonth: DayTest = rule.byMonth.length === 0 ? () => true : (day) => inMonth(rule, civilDate(day).month)
  const choose = chooser(rule)
  const offset = 3 - rule.weekStart
  return {
    interval: rule.interval,
    cycle: rule.byMonth.length === 0 ? 1 : DAYS_IN_400_YEARS / 7,
    numberOf: (day) => Math.floor((day + offset) / 7),
    days: (week) => {
      const span = { first: week * 7 - offset, length: 7 }
      return choose(allDays(span, (day) => day >= startDay && isWeekday(day) && isMonth(day)))
    },
  }
}

function monthlyPeriods(rule: RecurrenceRule): Periods {
  const isByDay = byDayTest(rule.byDay)
  const candidates = candidatesOf(rule.byMonthDay)
  const choose = chooser(rule)
  const patternOf = patterns((span) => choose(candidates(span, (day) => isByDay(day, span))))
  return {
    interval: rule.interval,
    cycle: 4_800,
    numberOf: (day) => {
      const { year, month } = civilDate(day)
      return year * 12 + month - 1
    },
    days: (period) => {
      const month = (period % 12) + 1
      return inMonth(rule, month) ? patternOf(monthSpan(Math.floor(period / 12), month), 0) : NO_DAYS
    },
  }
}

/** Ordinals of BYDAY count in the month where BYMONTH is there, else in the year. */
function yearlyPeriods(rule: RecurrenceRule): Periods {
  const isByDay = byDayTest(rule.byDay)
  const byYearDay = candidatesOf(rule.byYearDay)
  const byMonthDay = candidatesOf(rule.byMonthDay)
  const choose = chooser(rule)
  const daysOf = (yearSpan: Span) => {
    const { year } = civilDate(yearSpan.first)
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
  const patternOf = patterns((span) => choose(daysOf(span)))
  return {
    interval: rule.interval,
    cycle: 400,
    numberOf: (day) => civilDate(day).year,
    days: (year) => patternOf({ first: dayNumber(year, 1, 1), length: daysInYear(year) }, neighbourWeeks(rule, year)),
  }
}

/** Spans of one length that begin on one weekday are alike (a year with week numbers also by its neighbours): found once. */
function patterns(find: (span: Span) => number[]): (span: Span, variant: number) => number[] {
  const known = new Map<number, number[]>()
  return (span, variant) => {
    const key = (variant * 400 + span.length) * 7 + weekdayOf(span.first)
    let offsets = known.get(key)
    if (!offsets) {
      offsets = find(span).map((day) => day - span.first)
      known.set(key, offsets)
    }
    return offsets.length === 0 ? NO_DAYS : offsets.map((offset) => span.first + offset)
  }
}

/** BYSETPOS. */
function chooser({ bySetPos }: RecurrenceRule): (days: number[]) => number[] {
  if (bySetPos.length === 0) return (days) => days
  const positions = positionsIn(bySetPos)
  return (days) => positions(days.length).map((position) => days[position - 1]!)
}

/** Positions from the start or, negative, from the end → positions from the start, in order; kept for each length. */
function positionsIn(positions: number[]): (length: number) => number[] {
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

/** Whether BYSETPOS can choose anything from the largest set that a period can have. */
export function canChoose({ frequency, byDay, bySetPos }: RecurrenceRule): boolean {
  const largest = { DAILY: 1, WEEKLY: Math.max(1, byDay.length), MONTHLY: 31, YEARLY: 366 }[frequency]
  return bySetPos.length === 0 || bySetPos.some((position) => Math.abs(position) <= largest)
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
