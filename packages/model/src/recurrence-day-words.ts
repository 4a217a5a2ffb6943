import { daysInMonth } from './civil-days.ts'
import { listWords, MONTH_NAMES, ordinalWords, WEEKDAY_NAMES } from './day-words.ts'
import type { RecurrenceRule, RuleDay } from './recurrence-rule.ts'

type Conjunction = 'and' | 'or'

const COMMON_YEAR = 2025

/** Sets of weekdays, Monday = 0, that have a name of their own. */
const DAY_GROUPS: Record<string, string> = { '0,1,2,3,4': 'weekday', '5,6': 'weekend day', '0,1,2,3,4,5,6': 'day' }

/** The one word for a set of weekdays, such as `weekday`; undefined where there is none. */
export function dayGroup(byDay: RuleDay[]): string | undefined {
  const weekdays = inOrder(byDay.map((day) => day.weekday))
  return weekdays.length === 1 ? WEEKDAY_NAMES[weekdays[0]!] : DAY_GROUPS[weekdays.join()]
}

export function weekdayWords(byDay: RuleDay[], conjunction: Conjunction = 'and'): string {
  const weekdays = inOrder(byDay.map((day) => day.weekday))
  return listWords(
    weekdays.map((weekday) => WEEKDAY_NAMES[weekday]),
    conjunction,
  )
}

/** ` in June and July`; empty without BYMONTH. */
export function monthWords({ byMonth }: RecurrenceRule, preposition: 'in' | 'of'): string {
  const months = inOrder(byMonth).map((month) => MONTH_NAMES[month - 1]!)
  return months.length === 0 ? '' : ` ${preposition} ${listWords(months)}`
}

/** The days of a monthly or yearly rule, to be read after “on”. */
export function daysWords(rule: RecurrenceRule): string {
  return clampedDay(rule) ?? groupAtPosition(rule) ?? datesOfYear(rule) ?? listedDays(rule) + positionWords(rule)
}

/** What a daily rule asks of its days: `, if it is a Friday and in June`; empty where it asks nothing. */
export function conditionWords(rule: RecurrenceRule): string {
  return conditions([weekdayConditions, dateCondition, monthCondition].flatMap((words) => words(rule)))
}

/** `, only the 1st and last of these days in each month`; empty without BYSETPOS. */
export function positionWords({ bySetPos, frequency }: RecurrenceRule): string {
  if (bySetPos.length === 0) return ''
  const period = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }[frequency]
  return `, only the ${positions(bySetPos)} of these days in each ${period}`
}

/** Days 28 to n with the last of them chosen: day n, or the end of a shorter month. Earlier days may stand beside it. */
function clampedDay(rule: RecurrenceRule): string | undefined {
  const days = inOrder(rule.byMonthDay)
  const last = days.at(-1) ?? 0
  const early = days.filter((day) => day < 28)
  const positionsOfAll = [...early.map((_, index) => index + 1), -1]
  const isWhole = last >= 29 && days.length - early.length === last - 27 && !days.some((day) => day < 0)
  const isClamp = isWhole && rule.bySetPos.join() === positionsOfAll.join()
  if (!isClamp || rule.byDay.length + rule.byYearDay.length + rule.byWeekNo.length > 0) return undefined
  if (rule.frequency === 'MONTHLY') {
    const named = listWords([...early, last].map(ordinalWords))
    return `the ${named}${monthWords(rule, 'of')}, or the last day of a shorter month`
  }
  const [month, ...more] = rule.byMonth
  if (month === undefined || more.length > 0 || early.length > 0) return undefined
  return `${last} ${MONTH_NAMES[month - 1]}, or the last day of ${MONTH_NAMES[month - 1]} when it is shorter`
}

/** Days with one word, chosen by BYSETPOS: `the last weekday of March`, `the 2nd Tuesday`. */
function groupAtPosition(rule: RecurrenceRule): string | undefined {
  const group = rule.byDay.some(hasOrdinal) ? undefined : dayGroup(rule.byDay)
  const others = rule.byMonthDay.length + rule.byYearDay.length + rule.byWeekNo.length
  if (!group || others > 0 || rule.bySetPos.length === 0) return undefined
  const among = `the ${positions(rule.bySetPos)} ${group}`
  if (rule.frequency === 'MONTHLY') return among + monthWords(rule, 'of')
  return rule.byMonth.length > 1 ? undefined : among + (monthWords(rule, 'of') || ' of the year')
}

/** One day in some months of a year: `1 March and 1 June`. */
function datesOfYear(rule: RecurrenceRule): string | undefined {
  const { byMonth, byMonthDay, byDay, byYearDay, byWeekNo, bySetPos, frequency } = rule
  if (frequency !== 'YEARLY' || byDay.length + byYearDay.length + byWeekNo.length + bySetPos.length > 0)
    return undefined
  const [day, ...more] = byMonthDay
  if (day === undefined || day < 0 || more.length > 0 || byMonth.length === 0) return undefined
  return listWords(inOrder(byMonth).map((month) => `${day} ${MONTH_NAMES[month - 1]}`)) + skippedWords(rule)
}

/** A day that some of the rule's months do not have is no occurrence there (RFC 5545), which has to be told. */
function skippedWords({ byMonth, byMonthDay, byDay, bySetPos }: RecurrenceRule): string {
  const [day, ...more] = byMonthDay.map(Math.abs)
  if (day === undefined || more.length + byDay.length + bySetPos.length > 0) return ''
  if (day === 29 && byMonth.join() === '2') return ', in leap years'
  const months = byMonth.length === 0 ? [2] : byMonth
  return months.some((month) => day > daysInMonth(COMMON_YEAR, month)) ? ', skipping shorter months' : ''
}

/** The first kind of day that the rule names, and the others as conditions on it. */
function listedDays(rule: RecurrenceRule): string {
  if (rule.byYearDay.length > 0) {
    const others = [weekCondition, dateCondition, weekdayConditions, monthCondition].flatMap((words) => words(rule))
    return `the ${positions(rule.byYearDay)} day of the year${conditions(others)}`
  }
  if (rule.byWeekNo.length > 0) {
    const days = rule.byDay.length > 0 ? weekdayWords(rule.byDay) : 'every day'
    const others = [...dateCondition(rule), ...monthCondition(rule)]
    return `${days} of ${weekWords(rule.byWeekNo, 'and')}${conditions(others)}`
  }
  if (rule.byMonthDay.length > 0) {
    const ofMonths = monthWords(rule, 'of') || (rule.frequency === 'YEARLY' ? ' of every month' : '')
    return `the ${dates(rule.byMonthDay)}${ofMonths}${skippedWords(rule)}${conditions(weekdayConditions(rule))}`
  }
  return listedWeekdays(rule)
}

function listedWeekdays(rule: RecurrenceRule): string {
  const plain = rule.byDay.filter((day) => !hasOrdinal(day))
  if (plain.length === 0) {
    const ofYear = rule.frequency === 'YEARLY' ? ' of the year' : ''
    return numberedDays(rule.byDay) + (monthWords(rule, 'of') || ofYear)
  }
  const days = `every ${dayGroup(plain) ?? weekdayWords(plain)}${monthWords(rule, 'in')}`
  return days + conditions(weekdayConditions({ ...rule, byDay: rule.byDay.filter(hasOrdinal) }))
}

/** Conditions on a day, to be read after “if it is”. */
function conditions(texts: string[]): string {
  return texts.length === 0 ? '' : `, if it is ${listWords(texts)}`
}

function weekCondition({ byWeekNo }: RecurrenceRule): string[] {
  return byWeekNo.length === 0 ? [] : [`in ${weekWords(byWeekNo, 'or')}`]
}

function dateCondition({ byMonthDay }: RecurrenceRule): string[] {
  return byMonthDay.length === 0 ? [] : [`the ${dates(byMonthDay, 'or')} of the month`]
}

function monthCondition({ byMonth }: RecurrenceRule): string[] {
  const months = inOrder(byMonth).map((month) => MONTH_NAMES[month - 1]!)
  return months.length === 0 ? [] : [`in ${listWords(months, 'or')}`]
}

function weekdayConditions(rule: RecurrenceRule): string[] {
  const plain = rule.byDay.filter((day) => !hasOrdinal(day))
  const numbered = rule.byDay.filter(hasOrdinal)
  const period = rule.frequency === 'YEARLY' && rule.byMonth.length === 0 ? 'year' : 'month'
  return [
    ...(plain.length === 0 ? [] : [`a ${dayGroup(plain) ?? weekdayWords(plain, 'or')}`]),
    ...(numbered.length === 0 ? [] : [`${numberedDays(numbered, 'or')} of the ${period}`]),
  ]
}

function numberedDays(byDay: RuleDay[], conjunction: Conjunction = 'and'): string {
  return `the ${listWords(
    byDay.map((day) => `${ordinalWords(day.ordinal ?? 1)} ${WEEKDAY_NAMES[day.weekday]}`),
    conjunction,
  )}`
}

/** `1st, 15th and last day`. */
function dates(byMonthDay: number[], conjunction: Conjunction = 'and'): string {
  const words = positionsInOrder(byMonthDay).map((day) => ordinalWords(day) + (day < 0 ? ' day' : ''))
  return listWords(words, conjunction)
}

/** `week 20 and the last week of the year`. */
function weekWords(byWeekNo: number[], conjunction: Conjunction): string {
  const words = positionsInOrder(byWeekNo).map((week) => (week > 0 ? `week ${week}` : `the ${ordinalWords(week)} week`))
  return listWords(words, conjunction) + (byWeekNo.some((week) => week < 0) ? ' of the year' : '')
}

function positions(list: number[]): string {
  return listWords(positionsInOrder(list).map(ordinalWords))
}

/** From the start first, then those counted from the end. */
function positionsInOrder(list: number[]): number[] {
  return [...inOrder(list.filter((position) => position > 0)), ...inOrder(list.filter((position) => position < 0))]
}

function inOrder<T extends number>(list: T[]): T[] {
  return [...new Set(list)].sort((a, b) => a - b)
}

function hasOrdinal(day: RuleDay): boolean {
  return day.ordinal !== null
}
