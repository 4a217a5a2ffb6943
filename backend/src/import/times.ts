import type { Due } from '@todo/model/task'
import type { ContentLine } from './content-lines.ts'
import type { ImportContext } from './context.ts'
import type { Properties } from './properties.ts'
import { epochMs, inZone, later, localText, problemOfWhen, readDuration, readWhen, type When } from './values.ts'

/** The times of a task or event, as the file has them. */
export interface Times {
  /** What becomes the due date. */
  due: When | null
  /** DTSTART. */
  start: When | null
  /** DTEND of an event, DUE of a task. */
  end: When | null
  /** What a task has no field for, in words for its notes. */
  inWords: string[]
}

/** VTODO: DUE, else DTSTART with DURATION, else DTSTART. VEVENT: DTSTART. */
export function readTimes(kind: 'VTODO' | 'VEVENT', properties: Properties, context: ImportContext): Times {
  const isTask = kind === 'VTODO'
  const stray = properties.one(isTask ? 'DTEND' : 'DUE')
  if (stray) context.report.add(stray, isTask ? 'a task has DUE, not DTEND' : 'an event has DTEND, not DUE')
  const begin = properties.one('DTSTART')
  const start = isTask && isStamp(begin, properties, context) ? null : timeOf(begin, context)
  const given = timeOf(properties.one(isTask ? 'DUE' : 'DTEND'), context)
  const duration = properties.one('DURATION')
  if (given && duration) context.report.add(duration, `it has ${isTask ? 'DUE' : 'DTEND'} already, which is kept`)
  const length = given ? null : durationOf(duration, start, context)
  const end = given ?? (start && length !== null ? later(start, length, context.timeZone) : null)
  if (!isTask) return { due: start, start, end, inWords: lastsWords(start, end, context) }
  const due = end ?? start
  return { due, start, end, inWords: startsWords(start, due, context) }
}

/** Org mode before 9.7 gives a task without a start the minute of its export, which nobody entered. */
function isStamp(line: ContentLine | undefined, properties: Properties, context: ImportContext): boolean {
  const isCountedFrom = ['RRULE', 'RDATE', 'DURATION'].some((name) => properties.all(name).length > 0)
  const [stamp] = properties.all('DTSTAMP')
  if (!/\bOrg mode\b/i.test(context.program) || !line || !stamp || isCountedFrom) return false
  const start = readWhen(line.value, context.zoneOf(line))
  const written = readWhen(stamp.value, 'UTC')
  if (!start?.time || !written?.time) return false
  const isSame = minuteOf(start, context) === minuteOf(written, context)
  if (isSame) context.report.add(line, 'it is the minute in which the file was written: the task has no start')
  return isSame
}

function minuteOf(when: When, { timeZone }: ImportContext): number {
  return Math.floor(epochMs(when, timeZone) / 60_000)
}

/** Where a task starts before it is due, on the clock that its due date is on. */
function startsWords(start: When | null, due: When | null, { timeZone }: ImportContext): string[] {
  if (!start || !due) return []
  const zone = onPersonsClock(due, timeZone).zone ?? timeZone
  const [starts, ends] = [start, due].map((when) => localText(inZone(when, zone, timeZone)))
  return starts === ends ? [] : [`Starts: ${starts!.replace('T', ' ')}`]
}

/** Seconds are reported: here times are to the minute. */
function timeOf(line: ContentLine | undefined, context: ImportContext): When | null {
  const when = whenOf(line, context)
  if (line && when?.time && !when.time.endsWith(':00')) context.report.add(line, SECONDS)
  return when
}

const SECONDS = 'times are to the minute here: the seconds were left out'

export function whenOf(line: ContentLine | undefined, { zoneOf, report }: ImportContext): When | null {
  if (!line) return null
  const when = readWhen(line.value, zoneOf(line))
  if (!when) report.add(line, problemOfWhen(line.value))
  return when ?? null
}

function durationOf(line: ContentLine | undefined, start: When | null, { report }: ImportContext): number | null {
  if (!line) return null
  const seconds = readDuration(line.value)
  if (seconds === undefined) report.add(line, 'is not a duration, such as PT1H30M or P2D')
  else if (!start) report.add(line, 'DURATION needs a DTSTART that it counts from')
  else if (start.time !== null && seconds % 60 !== 0) report.add(line, SECONDS)
  return seconds ?? null
}

/** How long an event lasts, unless it is the whole of its day. */
function lastsWords(start: When | null, end: When | null, { timeZone }: ImportContext): string[] {
  if (!start || !end) return []
  const minutes = Math.round((wallMs(inZone(end, start.zone ?? timeZone, timeZone)) - wallMs(start)) / 60_000)
  if (minutes <= 0 || (start.time === null && minutes === 24 * 60)) return []
  const parts = [
    [Math.floor(minutes / 1_440), 'd'],
    [Math.floor((minutes % 1_440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const
  return [`Lasts: ${parts.flatMap(([number, unit]) => (number === 0 ? [] : [`${number} ${unit}`])).join(' ')}`]
}

/** The wall clock as if it were UTC: for lengths of time as people count them, over changes of the clock too. */
export function wallMs({ date, time }: When): number {
  return Date.parse(`${date}T${time ?? '00:00:00'}Z`)
}

/** As a due date: to the minute, in a zone of its own where it has a time. */
export function toDue(when: When, timeZone: string): Due {
  if (when.time === null) return { date: when.date, time: null, timeZone: null }
  return { date: when.date, time: when.time.slice(0, 5), timeZone: when.zone ?? timeZone }
}

/** A single time in UTC is shown on the person's clock; a series in UTC stays there, where its rule was written. */
export function onPersonsClock(when: When, timeZone: string): When {
  return when.zone === 'UTC' ? inZone(when, timeZone, timeZone) : when
}

export function isBefore(when: When, at: Date, timeZone: string): boolean {
  return epochMs(when, timeZone) < at.getTime()
}
