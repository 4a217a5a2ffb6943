/**
 * Arithmetic on days of the calendar written as `2026-12-01`. A day has no zone, so it is counted in UTC,
 * where every day has 24 hours.
 */
const DAY_MS = 86_400_000

const epochDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS

export function addDays(day: string, count: number): string {
  return new Date((epochDay(day) + count) * DAY_MS).toISOString().slice(0, 10)
}

export function daysBetween(from: string, to: string): number {
  return epochDay(to) - epochDay(from)
}

/** 1 Monday … 7 Sunday (ISO 8601). */
function weekday(day: string): number {
  return new Date(epochDay(day) * DAY_MS).getUTCDay() || 7
}

/** The same day of a month that is `count` months away; its last day where it is shorter. */
export function addMonths(day: string, count: number): string {
  const year = Number(day.slice(0, 4))
  const month = Number(day.slice(5, 7)) - 1 + count
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(Number(day.slice(8, 10)), lastDay))).toISOString().slice(0, 10)
}

export const startOfMonth = (day: string): string => `${day.slice(0, 7)}-01`

export function startOfWeek(day: string, weekStart: number): string {
  return addDays(day, -((weekday(day) - weekStart + 7) % 7))
}

/** The six weeks that show a month, each from the first day of the person's week. */
export function monthGrid(month: string, weekStart: number): string[][] {
  const first = startOfWeek(startOfMonth(month), weekStart)
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (__, day) => addDays(first, week * 7 + day)))
}

/** A day as a Date at UTC midnight, for Intl with `timeZone: 'UTC'`. */
export const asUtcDate = (day: string): Date => new Date(epochDay(day) * DAY_MS)
