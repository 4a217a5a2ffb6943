import { civilDate, dateText, dayNumberOf } from './civil-days.ts'
import { localDateAt, zonedInstant } from './due.ts'
import { ruleDays } from './recurrence-days.ts'
import { lastDateOf } from './recurrence-end.ts'
import { namesDays, readRecurrenceRule, RecurrenceRuleError, type RecurrenceRule } from './recurrence-rule.ts'
import type { Recurrence } from './task.ts'

/** A time at which a series happens: on the wall clock (a day alone where the series has no time) and as an instant. */
export interface Occurrence {
  local: string
  instant: string
}

export interface OccurrencesInput {
  /** RFC 5545 RRULE without DTSTART. */
  rule: string
  /** DTSTART on the wall clock: `2026-12-01T09:00:00`, or `2026-12-01` for a series of days. */
  start: string
  timeZone: string
  /** EXDATE on the wall clock; a day alone takes out whatever is on it. */
  exceptions?: readonly string[]
  /** RDATE: days beside those of the rule, at the time of the series; COUNT and UNTIL do not touch them. */
  additions?: readonly string[]
  /** Only occurrences later than this: an instant with its offset, or a wall-clock time or whole day. */
  after?: string
  count: number
}

/** A wall-clock moment, taken apart. */
interface Moment {
  day: number
  time: string | null
}

interface Series {
  rule: RecurrenceRule
  start: Moment
  timeZone: string
  isException: (day: number) => boolean
  /** Days beside those of the rule, in order. */
  additions: readonly number[]
}

/**
 * The first `count` occurrences of a series. Like python-dateutil: a start that does not match the rule is not an
 * occurrence, and an exception uses up one of COUNT. Nothing after the year 9999. Throws RecurrenceRuleError.
 */
export function occurrences(input: OccurrencesInput): Occurrence[] {
  const series = seriesOf(input, input.timeZone)
  const after = input.after === undefined ? undefined : afterOf(input.after, series)
  const found: Occurrence[] = []
  if (input.count < 1) return found
  for (const day of daysOf(series, after?.fromDay)) {
    const occurrence = occurrenceOn(day, series)
    if (after && !after.isBefore(occurrence)) continue
    found.push(occurrence)
    if (found.length === input.count) break
  }
  return found
}

/** How far ahead the first occurrence of a series may be. */
const FIRST_WITHIN_DAYS = 100 * 366

/** Throws RecurrenceRuleError when a series has no occurrence within a hundred years of its start. */
export function assertRecurs(input: Omit<OccurrencesInput, 'after' | 'count'>): void {
  const series = seriesOf(input, input.timeZone)
  const { day } = series.start
  if (!daysOf(series, day, day + FIRST_WITHIN_DAYS).next().done) return
  throw new RecurrenceRuleError(
    `it never happens from ${input.start} on: choose a start that matches ${input.rule}, or a later end`,
  )
}

/** EXDATE and RDATE, as in `OccurrencesInput`. */
interface SeriesDates {
  exceptions?: readonly string[]
  additions?: readonly string[]
}

export interface CompletedOccurrence {
  recurrence: Pick<Recurrence, 'rule' | 'anchor' | 'start'> & SeriesDates
  /** Planned wall-clock time of the completed occurrence, a day or a day with a time. */
  occurrenceAt: string
  occurrenceNumber: number
  /** The instant of completion. */
  completedAt: string
  timeZone: string
}

export interface NextOccurrence {
  occurrenceAt: string
  occurrenceNumber: number
  /** How many occurrences between the two were passed over, because their time was past at the completion. */
  missed: number
}

/**
 * What follows a completed occurrence; null when the series has ended.
 *
 * Anchor `due`: the first occurrence on a later day than the planned one that is not past at the completion (a day
 * without a time is past when its date is). Anchor `completion`: the rule starts anew on the day of completion, at
 * the planned time of day, and its next day after both that day and the planned one is taken; COUNT then limits
 * `occurrenceNumber`. Throws RecurrenceRuleError.
 */
export function nextOccurrence(input: CompletedOccurrence): NextOccurrence | null {
  return input.recurrence.anchor === 'completion' ? nextFromCompletion(input) : nextFromDue(input)
}

function nextFromDue(input: CompletedOccurrence): NextOccurrence | null {
  const { recurrence, completedAt, timeZone } = input
  const series = seriesOf(recurrence, timeZone)
  const today = dayNumberOf(localDateAt(completedAt, timeZone))
  const isPast = (day: number) => {
    if (series.start.time === null) return day < today
    // No zone has ever skipped more than a day, so only days this close have to be converted.
    if (Math.abs(day - today) > 2) return day < today
    return Date.parse(occurrenceOn(day, series).instant) <= Date.parse(completedAt)
  }
  let missed = 0
  for (const day of daysOf(series, momentOf(input.occurrenceAt).day + 1)) {
    if (isPast(day)) {
      missed += 1
      continue
    }
    const { local } = occurrenceOn(day, series)
    return { occurrenceAt: local, occurrenceNumber: input.occurrenceNumber + missed + 1, missed }
  }
  return null
}

function nextFromCompletion(input: CompletedOccurrence): NextOccurrence | null {
  const { recurrence, completedAt, timeZone, occurrenceNumber } = input
  const planned = momentOf(input.occurrenceAt)
  const today = localDateAt(completedAt, timeZone)
  const start = planned.time === null ? today : `${today}T${planned.time}`
  const series = seriesOf({ ...recurrence, start }, timeZone)
  const { count } = series.rule
  const rule = distanceRule({ ...series.rule, count: null }, series.start.day)
  const left = count !== null && occurrenceNumber >= count ? onlyAdded(series) : { ...series, rule }
  const later = Math.max(series.start.day, planned.day) + 1
  const [day] = daysOf(left, later)
  if (day === undefined) return null
  return { occurrenceAt: occurrenceOn(day, series).local, occurrenceNumber: occurrenceNumber + 1, missed: 0 }
}

/** A series whose rule is used up: what was added to it still comes. */
function onlyAdded(series: Series): Series {
  return { ...series, rule: { ...series.rule, count: 0 } }
}

/** A month after 31 January is the last of February: a distance in months or years that names no day skips none. */
function distanceRule(rule: RecurrenceRule, startDay: number): RecurrenceRule {
  const { month, day } = civilDate(startDay)
  if (namesDays(rule) || day <= 28 || (rule.frequency !== 'MONTHLY' && rule.frequency !== 'YEARLY')) return rule
  const byMonthDay = Array.from({ length: day - 27 }, (_, index) => 28 + index)
  return { ...rule, byMonth: rule.frequency === 'YEARLY' ? [month] : [], byMonthDay, bySetPos: [-1] }
}

function seriesOf({ rule, start, exceptions = [], additions = [] }: SeriesText, timeZone: string): Series {
  const moment = momentOf(start)
  const excepted = new Set(exceptions.map(momentOf).flatMap((e) => (timesMeet(e, moment) ? [e.day] : [])))
  return {
    rule: readRecurrenceRule(rule),
    start: moment,
    timeZone,
    isException: (day) => excepted.has(day),
    additions: [...new Set(additions.map((added) => momentOf(added).day))].toSorted((a, b) => a - b),
  }
}

type SeriesText = Pick<OccurrencesInput, 'rule' | 'start'> & SeriesDates

/** Every day of the series, in order, from one on: those of the rule and the added ones, without the exceptions. */
function* daysOf(series: Series, fromDay = series.start.day, lastDay?: number): Generator<number> {
  const { additions, isException } = series
  const added = additions.filter((day) => day >= fromDay && day <= (lastDay ?? day) && !isException(day))
  for (const day of daysInTime(series, fromDay, lastDay)) {
    while (added[0] !== undefined && added[0] < day) yield added.shift()!
    if (added[0] === day) added.shift()
    if (!isException(day)) yield day
  }
  yield* added
}

function* daysInTime(series: Series, fromDay: number, lastDay?: number): Generator<number> {
  for (const day of ruleDays(series.rule, series.start.day, fromDay, lastDay)) {
    if (isOver(day, series)) return
    yield day
  }
}

/** Where one of the two has no time, only their days are compared. */
function timesMeet(a: Moment, b: Moment): boolean {
  return a.time === null || b.time === null || a.time === b.time
}

function momentOf(local: string): Moment {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?)?$/.test(local)) {
    throw new RangeError(`${local} must be a local date or date-time, such as 2026-12-01T09:00:00`)
  }
  const time = local.slice(11)
  return { day: dayNumberOf(local), time: time === '' ? null : time.length === 5 ? `${time}:00` : time }
}

function occurrenceOn(day: number, { start, timeZone }: Series): Occurrence {
  const date = dateText(day)
  const local = start.time === null ? date : `${date}T${start.time}`
  return { local, instant: zonedInstant(`${date}T${start.time ?? '00:00:00'}`, timeZone) }
}

/** Whether a day of the rule is past UNTIL. A day includes all of itself (RFC 5545 §3.3.10: the value bounds inclusively). */
function isOver(day: number, series: Series): boolean {
  const { until } = series.rule
  if (!until) return false
  const bound = dayNumberOf(until.value)
  // No zone is further from UTC than a day, so only days this close have to be converted.
  if (Math.abs(day - bound) > 2) return day > bound
  if (until.kind === 'instant' && series.start.time === null)
    return dateText(day) > lastDateOf(until.value, series.timeZone)
  const occurrence = occurrenceOn(day, series)
  if (until.kind === 'instant') return Date.parse(occurrence.instant) > Date.parse(until.value)
  const length = Math.min(until.value.length, occurrence.local.length)
  return occurrence.local.slice(0, length) > until.value.slice(0, length)
}

function afterOf(after: string, { timeZone }: Series) {
  if (/(Z|[+-]\d\d:\d\d)$/.test(after)) {
    const fromDay = dayNumberOf(localDateAt(after, timeZone)) - 2
    return { fromDay, isBefore: (next: Occurrence) => Date.parse(next.instant) > Date.parse(after) }
  }
  const { day, time } = momentOf(after)
  const isBefore = ({ local }: Occurrence) => {
    const date = local.slice(0, 10)
    if (date !== dateText(day)) return date > dateText(day)
    return time !== null && local.length > 10 && local.slice(11) > time
  }
  return { fromDay: day, isBefore }
}
