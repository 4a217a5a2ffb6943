import { localDateAt } from '@todo/model/due'
import { assertRecurs, occurrences } from '@todo/model/recurrence'
import { lastDayUntil } from '@todo/model/recurrence-end'
import { parseRecurrenceRule, RecurrenceRuleError } from '@todo/model/recurrence-rule'
import { LIMITS, type RecurrenceInput } from '@todo/model/task'
import type { ContentLine } from './content-lines.ts'
import type { ImportContext } from './context.ts'
import type { Properties } from './properties.ts'
import { isBefore, whenOf, type Times } from './times.ts'
import { addDays, inZone, localText, problemOfWhen, readWhen, type When } from './values.ts'

export interface Series {
  recurrence: RecurrenceInput
  /** The occurrence that the task stands for. */
  due: When
}

interface SeriesSource {
  kind: 'VTODO' | 'VEVENT'
  properties: Properties
  times: Times
  /** Occurrences that other components of the file replace or cancel. */
  replaced: readonly When[]
}

/** RRULE with EXDATE and RDATE; null where there is none that can be kept, which is reported. */
export function readSeries({ kind, properties, times, replaced }: SeriesSource, context: ImportContext): Series | null {
  const line = properties.one('RRULE') ?? datesAlone(properties)
  if (!line) return null
  if (!times.due) {
    context.report.add(line, 'a task that repeats needs a date to begin with')
    return null
  }
  const due = withZone(times.due, context)
  const plan = planOf(line, times, due, context)
  const excluded = [...datesOf(properties, EXDATE, context).map(({ when }) => when), ...replaced]
  const exceptions = limited(line, [...new Set(excluded.map((when) => plannedText(when, plan, context)))], context)
  const rule = ruleText(line, plan, context)
  const additions = additionsOf(properties, plan, context)
  const series = { rule, start: localText(plan.start), exceptions, additions, timeZone: due.zone ?? context.timeZone }
  const problem = problemOf(series)
  if (problem) {
    context.report.add(line, `it does not repeat here: ${problem}`)
    return null
  }
  const recurrence: RecurrenceInput = { rule, anchor: 'due', start: series.start, exceptions, additions }
  const stands = { ...due, date: reachedDate(properties, plan, context) ?? due.date }
  return { recurrence, due: currentOccurrence(kind, series, stands, context) }
}

/** KDE keeps DTSTART and DUE of the first occurrence, and tells beside them which one is next to be done. */
function reachedDate(properties: Properties, plan: Plan, context: ImportContext): string | null {
  const reached = whenOf(properties.one('X-KDE-LIBKCAL-DTRECURRENCE'), context)
  return reached && plannedText(reached, plan, context).slice(0, 10)
}

/** Dates without a rule repeat as well: a rule of one day stands in for it. */
function datesAlone(properties: Properties): ContentLine | undefined {
  const [line] = properties.all('RDATE')
  return line && { ...line, name: 'RRULE', value: 'FREQ=DAILY;COUNT=1' }
}

function withZone(when: When, { timeZone }: ImportContext): When {
  return when.time === null ? when : { ...when, zone: when.zone ?? timeZone }
}

/** How the times of a rule that counts from DTSTART become those of one that counts from the due date. */
interface Plan {
  start: When
  /** DTSTART on the clock of the due date. */
  counted: When
  shiftDays: number
}

/** Where the two are different days, a rule by days or weeks alone can move along; one by date or weekday cannot. */
function planOf(line: ContentLine, { start }: Times, due: When, context: ImportContext): Plan {
  const counted = start ? inDueZone(start, due, context) : due
  const days = Math.round((Date.parse(due.date) - Date.parse(counted.date)) / 86_400_000)
  if (days === 0) return { start: due, counted, shiftDays: 0 }
  if (/FREQ=(DAILY|WEEKLY)/i.test(line.value) && !/;BY/i.test(line.value))
    return { start: due, counted, shiftDays: days }
  context.report.add(
    line,
    `it repeats by its start, ${days} days before it is due: later ones are due on the day they start`,
  )
  return { start: { ...due, date: counted.date }, counted, shiftDays: 0 }
}

function inDueZone(when: When, due: When, { timeZone }: ImportContext): When {
  return due.zone && when.zone ? inZone(when, due.zone, timeZone) : when
}

/** An occurrence by its start → on the wall clock of the series. */
function plannedText(when: When, { start, counted, shiftDays }: Plan, context: ImportContext): string {
  const { date, time } = inDueZone(when, start, context)
  const planned = time === counted.time ? start.time : time
  return localText({ date: addDays(date, shiftDays), time: planned, zone: null })
}

/** The rule without what the start says anyway, without a last semicolon, and with its end moved along. */
function ruleText({ value }: ContentLine, plan: Plan, context: ImportContext): string {
  const [hour, minute, second] = (plan.counted.time ?? '').split(':').map(Number)
  const said: Record<string, number | undefined> = { BYHOUR: hour, BYMINUTE: minute, BYSECOND: second }
  const parts = value.replace(/\s+/g, '').toUpperCase().split(';')
  const kept = parts.filter((part) => {
    const [name = '', number] = part.split('=')
    return part !== '' && !(name in said && Number(number) === said[name])
  })
  return kept.map((part) => (part.startsWith('UNTIL=') ? movedEnd(part, plan, context) : part)).join(';')
}

/** UNTIL holds for starts. Where the due time is another, it becomes the last day on which there is one. */
function movedEnd(part: string, { start, counted, shiftDays }: Plan, context: ImportContext): string {
  const end = readWhen(part.slice('UNTIL='.length), null)
  if (!end || (shiftDays === 0 && start.time === counted.time)) return part
  const last = lastDayUntil(toTheSecond(inDueZone(end, start, context)), toTheSecond(counted))
  return `UNTIL=${addDays(last, shiftDays).replaceAll('-', '')}`
}

const toTheSecond = ({ date, time }: When) => (time === null ? date : `${date}T${time}`)

interface Dates {
  property: 'EXDATE' | 'RDATE'
  most: number
  /** As people call them. */
  name: string
}

const EXDATE: Dates = { property: 'EXDATE', most: LIMITS.exceptions, name: 'exceptions' }
const RDATE: Dates = { property: 'RDATE', most: LIMITS.additions, name: 'dates beside its rule' }

interface DatedLine {
  line: ContentLine
  when: When
}

/** Of more than a series can have, the latest: those that are past no longer matter. */
function datesOf(properties: Properties, { property, most, name }: Dates, context: ImportContext): DatedLine[] {
  const { report, zoneOf } = context
  const values = properties.all(property).flatMap((line) => {
    return [...new Set(line.value.split(','))].map((value) => ({ line, value }))
  })
  const latest = values.toSorted((a, b) => (a.value < b.value ? -1 : 1)).slice(-most)
  if (latest.length < values.length) {
    report.add(values[0]!.line, `a series has at most ${most} ${name}: the latest ones are kept`)
  }
  return latest.flatMap(({ line, value }) => {
    // Of a period, its start (RFC 5545 §3.8.5.2).
    const when = readWhen(value.replace(/\/.*$/, ''), zoneOf(line))
    if (!when) report.add(line, `${value.slice(0, 40)} ${problemOfWhen(value)}`)
    return when ? [{ line, when }] : []
  })
}

/** Days beside those of the rule. A task repeats at one time of day: what is at another is reported. */
function additionsOf(properties: Properties, plan: Plan, context: ImportContext): string[] {
  const days = datesOf(properties, RDATE, context).flatMap(({ line, when }) => {
    const [date = '', time] = plannedText(when, plan, context).split('T')
    if (time === undefined || time === localText(plan.start).split('T')[1]) return [date]
    context.report.add(line, `${date} at ${time} is another time than that of the series: add a task of its own for it`)
    return []
  })
  return [...new Set(days)]
}

function limited(line: ContentLine, exceptions: string[], { report }: ImportContext): string[] {
  if (exceptions.length <= LIMITS.exceptions) return exceptions
  const first = exceptions.toSorted().slice(-LIMITS.exceptions)
  report.add(line, `a series has at most ${LIMITS.exceptions} exceptions: the latest ones are kept`)
  return first
}

interface Rule {
  rule: string
  start: string
  exceptions: string[]
  additions: string[]
  timeZone: string
}

function problemOf(series: Rule): string | null {
  try {
    parseRecurrenceRule(series.rule)
    assertRecurs(series)
    return null
  } catch (error) {
    if (error instanceof RecurrenceRuleError) return error.message
    throw error
  }
}

/**
 * A task stands where the file has it, unless that day is an exception. An event is not done by its time passing, so
 * a series of events begins with the first that is not past.
 */
function currentOccurrence(kind: SeriesSource['kind'], series: Rule, due: When, context: ImportContext): When {
  const { timeZone, now } = context
  const isExcepted = series.exceptions.some((exception) => localText(due).startsWith(exception))
  const today = localDateAt(now, timeZone)
  const isPast = due.time === null ? due.date < today : isBefore(due, now, timeZone)
  if (!isExcepted && (kind === 'VTODO' || !isPast)) return due
  const yesterday = addDays(today, -1)
  const after =
    kind === 'VTODO' || !isPast
      ? addDays(due.date, -1)
      : due.time === null
        ? yesterday
        : new Date(now.getTime() - 1).toISOString()
  const [next] = occurrences({ ...series, after, count: 1 })
  return next ? { ...due, date: next.local.slice(0, 10) } : due
}
