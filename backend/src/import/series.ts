import { localDateAt } from '@todo/model/due'
import { assertRecurs, occurrences } from '@todo/model/recurrence'
import { parseRecurrenceRule, RecurrenceRuleError } from '@todo/model/recurrence-rule'
import { LIMITS, type RecurrenceInput } from '@todo/model/task'
import type { ContentLine } from './content-lines.ts'
import type { ImportContext } from './context.ts'
import type { Properties } from './properties.ts'
import { isBefore, type Times } from './times.ts'
import { addDays, inZone, localText, readWhen, type When } from './values.ts'

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

/** RRULE with EXDATE; null where there is none that can be kept, which is reported. */
export function readSeries({ kind, properties, times, replaced }: SeriesSource, context: ImportContext): Series | null {
  const line = properties.one('RRULE')
  if (!line) return null
  if (!times.due) {
    context.report.add(line, 'a task that repeats needs a date to begin with')
    return null
  }
  const due = withZone(times.due, context)
  const { start, shiftDays } = seriesStart(line, times, due, context)
  const excluded = [...exceptionsOf(properties, context), ...replaced]
  const locals = excluded.map((when) => localIn(due, { ...when, date: addDays(when.date, shiftDays) }, context))
  const rule = ruleText(line, start, shiftDays)
  const exceptions = limited(line, [...new Set(locals)], context)
  const series = { rule, start: localText(start), exceptions, timeZone: due.zone ?? context.timeZone }
  const problem = problemOf(series)
  if (problem) {
    context.report.add(line, `it does not repeat here: ${problem}`)
    return null
  }
  const recurrence: RecurrenceInput = { rule, anchor: 'due', start: series.start, exceptions }
  return { recurrence, due: currentOccurrence(kind, series, due, context) }
}

function withZone(when: When, { timeZone }: ImportContext): When {
  return when.time === null ? when : { ...when, zone: when.zone ?? timeZone }
}

interface SeriesStart {
  start: When
  /** How many days the rule, its end and its exceptions move. */
  shiftDays: number
}

/**
 * A rule counts from DTSTART, ours from the due date. Where they are different days, a rule by days or weeks alone
 * can move along; days of a month or of the week cannot.
 */
function seriesStart(line: ContentLine, { start }: Times, due: When, context: ImportContext): SeriesStart {
  if (!start) return { start: due, shiftDays: 0 }
  const { date } = due.zone ? inZone(start, due.zone, context.timeZone) : start
  const days = Math.round((Date.parse(due.date) - Date.parse(date)) / 86_400_000)
  if (days === 0) return { start: due, shiftDays: 0 }
  if (/FREQ=(DAILY|WEEKLY)/i.test(line.value) && !/;BY/i.test(line.value)) return { start: due, shiftDays: days }
  context.report.add(
    line,
    `it repeats by its start, ${days} days before it is due: later ones are due on the day they start`,
  )
  return { start: { ...due, date }, shiftDays: 0 }
}

/** The rule without what the start says anyway, without a last semicolon, and with its end moved along. */
function ruleText({ value }: ContentLine, { time }: When, shiftDays: number): string {
  const [hour, minute, second] = (time ?? '').split(':').map(Number)
  const said: Record<string, number | undefined> = { BYHOUR: hour, BYMINUTE: minute, BYSECOND: second }
  const parts = value.replace(/\s+/g, '').toUpperCase().split(';')
  const kept = parts.filter((part) => {
    const [name = '', number] = part.split('=')
    return part !== '' && !(name in said && Number(number) === said[name])
  })
  return kept.map((part) => movedEnd(part, shiftDays)).join(';')
}

function movedEnd(part: string, shiftDays: number): string {
  const until = part.startsWith('UNTIL=') && shiftDays !== 0 ? readWhen(part.slice(6), null) : undefined
  return until ? `UNTIL=${addDays(until.date, shiftDays).replaceAll('-', '')}${part.slice(14)}` : part
}

/** Of more than a series can have, the latest: those that are past no longer matter. */
function exceptionsOf(properties: Properties, context: ImportContext): When[] {
  const { report, zoneOf } = context
  const values = properties.all('EXDATE').flatMap((line) => {
    return [...new Set(line.value.split(','))].map((value) => ({ line, value }))
  })
  const latest = values.toSorted((a, b) => (a.value < b.value ? -1 : 1)).slice(-LIMITS.exceptions)
  if (latest.length < values.length) {
    report.add(values[0]!.line, `a series has at most ${LIMITS.exceptions} exceptions: the latest ones are kept`)
  }
  return latest.flatMap(({ line, value }) => {
    const when = readWhen(value, zoneOf(line))
    if (!when) report.add(line, `${value.slice(0, 40)} is not a date that exists or a time`)
    return when ? [when] : []
  })
}

/** On the wall clock of the series. */
function localIn(due: When, when: When, { timeZone }: ImportContext): string {
  return localText(due.zone && when.zone ? inZone(when, due.zone, timeZone) : when)
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
  const after = kind === 'VTODO' || !isPast ? addDays(due.date, -1) : due.time === null ? yesterday : now.toISOString()
  const [next] = occurrences({ ...series, after, count: 1 })
  return next ? { ...due, date: next.local.slice(0, 10) } : due
}
