import { Temporal } from 'temporal-polyfill'
import { dateText, dayNumberOf } from './civil-days.ts'
import { ALL_DAY_REMINDER_TIME, isByTheClock, minutesEarlier } from './minutes-before.ts'
import type { Due, ReminderInput } from './task.ts'
import { dayIn, wallClock } from './wall-clock.ts'

const MINUTE_MS = 60_000

/** How far back a reminder may be set; within it, it fires at once. */
export const PAST_REMINDER_LIMIT_MS = 24 * 60 * 60 * 1000

/**
 * The instant of a wall-clock time in a zone. A time inside a DST gap takes the offset from before the gap,
 * an ambiguous one is the first of the two (RFC 5545 §3.3.5).
 */
export function zonedInstant(local: string, timeZone: string): string {
  const instant = plainDateTime(local).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
  return new Date(instant.epochMilliseconds).toISOString()
}

const MINUTES = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)$/

/** @throws RangeError for what is not on any clock */
function plainDateTime(local: string): Temporal.PlainDateTime {
  const parts = MINUTES.exec(local)
  // Due times are all of this kind: reading them so takes half as long as reading whatever ISO 8601 allows.
  if (!parts) return Temporal.PlainDateTime.from(local)
  const [year, month, day, hour, minute] = parts.slice(1).map(Number) as [number, number, number, number, number]
  return new Temporal.PlainDateTime(year, month, day, hour, minute)
}

/** When a calendar day begins in a zone. */
export function startOfDay(date: string, timeZone: string): string {
  return zonedInstant(`${date}T00:00`, timeZone)
}

/** When it is over: the next one begins. */
export function endOfDay(date: string, timeZone: string): string {
  return startOfDay(dateText(dayNumberOf(date) + 1), timeZone)
}

/** The instant of a due date that has a time; null where it has none. */
export function dueInstant(due: Due | null, fallbackZone: string): string | null {
  if (!due?.time) return null
  return zonedInstant(`${due.date}T${due.time}`, due.timeZone ?? fallbackZone)
}

/** What is left of a task's reminders without a due date: those that count back from it go with it. */
export function remindersWithoutDue<R extends Pick<ReminderInput, 'kind'>>(reminders: readonly R[]): R[] {
  return reminders.filter((reminder) => reminder.kind === 'absolute')
}

/**
 * When a reminder fires; null for a relative one on a task without a due date. Minutes and hours before a time are as
 * long as ever; whole days before it, and whatever is before a day, are told by the clock on the wall: `1 day before`
 * 09:00 is 09:00 on the day before, also where clocks change in between (RFC 5545 §3.3.6).
 */
export function reminderInstant(
  reminder: Pick<ReminderInput, 'kind'> & { at?: string; minutesBefore?: number },
  due: Due | null,
  personZone: string,
): string | null {
  if (reminder.kind === 'absolute') return new Date(reminder.at!).toISOString()
  if (!due) return null
  const minutesBefore = reminder.minutesBefore!
  const local = `${due.date}T${due.time ?? ALL_DAY_REMINDER_TIME}`
  const timeZone = (due.time && due.timeZone) || personZone
  if (isByTheClock(minutesBefore, due)) return zonedInstant(minutesEarlier(local, minutesBefore), timeZone)
  return new Date(Date.parse(zonedInstant(local, timeZone)) - minutesBefore * MINUTE_MS).toISOString()
}

/** The calendar day in a zone at an instant: `2026-12-01`. */
export function localDateAt(instant: string | number | Date, timeZone: string): string {
  return dayIn(new Date(instant), timeZone)
}

/** The wall clock in a zone at an instant, to the second: `2026-12-01T09:00:00`. */
export function localMomentAt(instant: string | number | Date, timeZone: string): string {
  return wallClock(new Date(instant), timeZone)
}

/** Whether its time has passed; a due date without a time is overdue from the next midnight of the person's zone. */
export function isOverdue(due: Due | null, now: Date, personZone: string): boolean {
  if (!due) return false
  const at = dueInstant(due, personZone)
  if (at) return Date.parse(at) < now.getTime()
  return due.date < localDateAt(now, personZone)
}
