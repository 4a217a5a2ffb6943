import type { Due } from './task.ts'

/** How a day, and the time of one, are written. */
export interface DueStyle {
  day: Intl.DateTimeFormatOptions
  time: Intl.DateTimeFormatOptions
}

/** When a task is due, in a person's zone and manner; null for one without a due date. */
export function dueWords(
  { due, dueAt }: { due: Pick<Due, 'date'> | null; dueAt: string | null },
  { timeZone, locale }: { timeZone: string; locale: string },
  { day, time }: DueStyle,
): string | null {
  if (dueAt) return new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone }).format(new Date(dueAt))
  if (!due) return null
  // A day alone is the same day everywhere.
  return new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' }).format(new Date(`${due.date}T00:00Z`))
}
