import type { Due } from './task.ts'

/** Where a due date has no time, reminders count back from this hour of the person's day. */
export const ALL_DAY_REMINDER_TIME = '09:00'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** Whether so many minutes before due are told by the clock on the wall: whole days are, and whatever is before a day. */
export function isByTheClock(minutesBefore: number, { time }: Pick<Due, 'time'>): boolean {
  return time === null || minutesBefore % DAY_MINUTES === 0
}

/** The wall clock so many minutes earlier, as if it were never changed: `2026-12-01T09:00` → `2026-11-30T18:00:00`. */
export function minutesEarlier(local: string, minutes: number): string {
  return new Date(Date.parse(`${local}Z`) - minutes * MINUTE_MS).toISOString().slice(0, 19)
}
