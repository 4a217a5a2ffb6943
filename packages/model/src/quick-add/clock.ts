import type { ParsedResult } from 'chrono-node/en'
import { dateText, dayNumberOf, weekdayOf, type Weekday } from '../civil-days.ts'
import { zonedInstant } from '../due.ts'
import { wallClock } from '../wall-clock.ts'
import type { QuickAddContext } from './quick-add.ts'

/** The moment at which a line is read, on the wall clock of the person. */
export interface Clock {
  now: Date
  timeZone: string
  weekStart: Weekday
  /** `2026-12-01T09:00:00` */
  wall: string
  /** `2026-12-01` */
  today: string
  /** What was read before on this line, by its phrase. */
  read: Map<string, ParsedResult['start'] | null>
}

export function clockOf({ now, timeZone, weekStart }: QuickAddContext): Clock {
  const wall = wallClock(now, timeZone)
  return { now, timeZone, weekStart: (weekStart - 1) as Weekday, wall, today: wall.slice(0, 10), read: new Map() }
}

export function daysAfter(date: string, days: number): string {
  return dateText(dayNumberOf(date) + days)
}

/** The first day of the week after the one of a day. */
export function nextWeek(date: string, weekStart: Weekday): string {
  return daysAfter(date, 7 - ((weekdayOf(dayNumberOf(date)) - weekStart + 7) % 7))
}

/** Whether a time of a day is not ahead any more. */
export function isPast(date: string, time: string, { now, timeZone }: Clock): boolean {
  return Date.parse(zonedInstant(`${date}T${time}`, timeZone)) <= now.getTime()
}
