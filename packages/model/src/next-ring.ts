import { PAST_REMINDER_LIMIT_MS, reminderInstant } from './due.ts'
import type { Due, Reminder } from './task.ts'

/** When a reminder is to ring. */
export interface Ring {
  /** The time that the task sets for it. */
  setFor: string
  /** The same, or later: where it repeats until the task is done, and has begun. */
  remindAt: string
}

export interface RingOptions {
  due: Due | null
  /** Zone of the person. */
  timeZone: string
  now: Date
  /** Whether one whose time has just passed rings at once, or is left alone (a task that was only reopened). */
  firePast: boolean
}

/** Whether a reminder of this time is too late to be given. */
export function isLongPast(at: string, now: Date): boolean {
  return Date.parse(at) < now.getTime() - PAST_REMINDER_LIMIT_MS
}

/** When a reminder of an open task rings next; null for one that has nothing to count back from, or whose time is over. */
export function nextRing(reminder: Reminder, { due, timeZone, now, firePast }: RingOptions): Ring | null {
  const setFor = reminderInstant(reminder, due, timeZone)
  if (!setFor) return null
  const isAhead = Date.parse(setFor) > now.getTime()
  if (isAhead || (firePast && !isLongPast(setFor, now))) return { setFor, remindAt: setFor }
  const { repeatMinutes } = reminder
  return repeatMinutes ? { setFor, remindAt: nextRepeat(setFor, repeatMinutes, now) } : null
}

/** The first of the times so many minutes apart that is ahead: after a pause one comes, and not all that were missed. */
export function nextRepeat(from: string, everyMinutes: number, now: Date): string {
  const everyMs = everyMinutes * 60_000
  const start = Date.parse(from)
  const count = Math.max(1, Math.floor((now.getTime() - start) / everyMs) + 1)
  return new Date(start + count * everyMs).toISOString()
}
