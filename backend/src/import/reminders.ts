import { PAST_REMINDER_LIMIT_MS, reminderInstant } from '@todo/model/due'
import { ALL_DAY_REMINDER_TIME } from '@todo/model/minutes-before'
import { LIMITS, ReminderInput, type Due } from '@todo/model/task'
import type { Component } from './components.ts'
import type { ContentLine } from './content-lines.ts'
import type { ImportContext } from './context.ts'
import { propertiesOf, type Properties } from './properties.ts'
import { wallMs, type Times } from './times.ts'
import { epochMs, inZone, readDuration, readText, readWhen, type When } from './values.ts'

/** What the reminders of a task count from. */
interface ReminderBase {
  /** SUMMARY of the task. */
  title: string
  /** DESCRIPTION of the task. */
  description: string
  times: Times
  due: Due | null
  isRecurring: boolean
  isCompleted: boolean
}

/** More than anyone sets: reminders that are past or double are not counted against the limit of a task. */
const MAX_ALARMS = 50

/** Actions of an alarm that are a reminder for us; NONE is how Apple says that a default alarm was taken away. */
const ACTIONS = new Set(['DISPLAY', 'AUDIO', 'EMAIL'])

/** VALARMs as reminders; what else an alarm has is reported, unless its program put it there. */
export function readReminders(component: Component, base: ReminderBase, context: ImportContext): ReminderInput[] {
  const { report } = context
  const reminders = new Map<string, ReminderInput>()
  for (const [index, alarm] of component.children.entries()) {
    if (index === MAX_ALARMS) {
      report.add(alarm.begin, `it has ${component.children.length} alarms: only the first ${MAX_ALARMS} were read`)
      break
    }
    if (alarm.name !== 'VALARM') {
      report.add(alarm.begin, `${alarm.name} has no place in a task`)
      continue
    }
    const reminder = readAlarm(alarm, base, context)
    if (!reminder) continue
    const key = JSON.stringify(reminder)
    if (reminders.size < LIMITS.reminders || reminders.has(key)) reminders.set(key, reminder)
    else report.add(alarm.begin, `a task has at most ${LIMITS.reminders} reminders`)
  }
  return [...reminders.values()]
}

function readAlarm(alarm: Component, base: ReminderBase, context: ImportContext): ReminderInput | null {
  const { report, timeZone, now } = context
  const properties = propertiesOf(alarm, report)
  const action = properties.one('ACTION')?.value.trim().toUpperCase() ?? 'DISPLAY'
  if (action === 'NONE') return null
  const trigger = properties.one('TRIGGER')
  const refusal = refusalOf(alarm, properties, action)
  if (refusal || !trigger) {
    report.add(trigger ?? alarm.begin, refusal ?? 'has no TRIGGER that says when to remind')
    return null
  }
  const reminder = readTrigger(trigger, base, context)
  if (typeof reminder === 'string') {
    report.add(trigger, reminder)
    return null
  }
  const at = reminderInstant(reminder, base.due, timeZone)
  const reason = at === null ? null : pastReason(at, base, properties, now)
  if (reason) report.add(trigger, reason)
  else reportExtras(properties, base, context)
  return reason ? null : reminder
}

function refusalOf(alarm: Component, properties: Properties, action: string): string | null {
  if (!ACTIONS.has(action)) return `ACTION:${action.slice(0, 40)} is not a reminder`
  const isPlace = alarm.lines.some(({ name }) => name === 'PROXIMITY' || name === 'X-APPLE-PROXIMITY')
  if (properties.one('X-KDE-KCALCORE-ENABLED')?.value.trim().toUpperCase() === 'FALSE') return 'it was switched off'
  return isPlace || properties.one('X-APPLE-STRUCTURED-LOCATION') ? 'reminding at a place is not supported' : null
}

function pastReason(at: string, base: ReminderBase, properties: Properties, now: Date): string | null {
  if (base.isCompleted) return 'the task is completed, so there is nothing to remind of'
  const acknowledged = properties.one('ACKNOWLEDGED')
  const when = acknowledged && readWhen(acknowledged.value, 'UTC')
  if (when && !base.isRecurring && epochMs(when, 'UTC') >= Date.parse(at)) return 'it was seen and dismissed already'
  const isLongPast = Date.parse(at) < now.getTime() - PAST_REMINDER_LIMIT_MS
  return isLongPast ? `it would have been at ${at}, more than a day ago` : null
}

/** What programs write into an alarm where nobody entered anything. */
const DEFAULT_TEXT =
  /^(alarm|(event )?reminder|alarm notification|this is an event reminder|default .{1,40} description)$/i
const DEFAULT_SOUNDS = new Set(['CHORD', 'BASSO'])

function reportExtras(properties: Properties, { title, description }: ReminderBase, { report }: ImportContext): void {
  for (const line of [...properties.all('SUMMARY'), ...properties.all('DESCRIPTION')]) {
    const text = readText(line.value)
    if (text !== title && text !== description && !DEFAULT_TEXT.test(text))
      report.add(line, 'a reminder says the title of its task, and has no text of its own')
  }
  for (const line of properties.all('ATTACH')) {
    if (!DEFAULT_SOUNDS.has(line.value.trim().toUpperCase()))
      report.add(line, 'a reminder has no sound and no attachment of its own')
  }
  const repeat = properties.one('REPEAT')
  if (repeat && Number(repeat.value) > 0) report.add(repeat, 'a reminder comes once: snooze it, or add more of them')
  for (const line of properties.all('ATTENDEE')) report.add(line, 'a reminder goes to yourself, not to others')
}

/** The reminder of a TRIGGER, or why there is none. */
function readTrigger(line: ContentLine, base: ReminderBase, context: ImportContext): ReminderInput | string {
  const seconds = readDuration(line.value)
  if (seconds !== undefined) return readOffset(line, seconds, base, context)
  const when = readWhen(line.value, context.zoneOf(line))
  if (!when || when.time === null) return 'TRIGGER must be a duration, such as -PT15M, or a time in UTC'
  return absolute(epochMs(when, context.timeZone))
}

function absolute(atMs: number): ReminderInput {
  return { kind: 'absolute', at: new Date(atMs).toISOString() }
}

/**
 * A TRIGGER counts from the start or the end, our reminders back from the due time, or from 09:00 of a due day. After
 * it, or more than a year before, it can only be at a fixed time.
 */
function readOffset(
  line: ContentLine,
  seconds: number,
  base: ReminderBase,
  context: ImportContext,
): ReminderInput | string {
  const { times, due } = base
  const fromEnd = line.params.get('RELATED')?.toUpperCase() === 'END'
  const counted = (fromEnd ? times.end : times.start) ?? times.due
  if (!times.due || !due || !counted) return 'it counts from a date that the task does not have'
  const zone = due.timeZone ?? context.timeZone
  const fromDue = wallMs(inZone(counted, zone, context.timeZone)) - wallMs(dueBase(times.due, zone, context))
  const minutesBefore = Math.ceil(-(fromDue / 1_000 + seconds) / 60) + 0
  const relative = ReminderInput.safeParse({ kind: 'relative', minutesBefore })
  if (relative.success) {
    if (seconds % 60 !== 0) context.report.add(line, 'a reminder is to the minute: the seconds were rounded')
    return relative.data
  }
  if (base.isRecurring) return 'a task that repeats can be reminded of up to a year before it is due, and not after'
  return absolute(epochMs(counted, context.timeZone) + seconds * 1_000)
}

function dueBase(due: When, zone: string, { timeZone }: ImportContext): When {
  return due.time === null ? { ...due, time: `${ALL_DAY_REMINDER_TIME}:00` } : inZone(due, zone, timeZone)
}
