import { dateText, dayNumberOf } from './civil-days.ts'
import { localDateAt, zonedInstant } from './due.ts'

/**
 * The next moment after an instant at which it is this time of day in a zone, once a day: of two the first, and a time
 * that DST leaves out is as much later.
 */
export function nextDailyTime(time: string, after: Date, timeZone: string): Date {
  return timesAround(time, after, timeZone).find((at) => at.getTime() > after.getTime())!
}

/** The latest of those moments that is not after an instant. */
export function lastDailyTime(time: string, by: Date, timeZone: string): Date {
  return timesAround(time, by, timeZone).findLast((at) => at.getTime() <= by.getTime())!
}

/** Those of the days before and after as well: what is left out of a day may come on the next, and a day be left out. */
function timesAround(time: string, instant: Date, timeZone: string): Date[] {
  const today = dayNumberOf(localDateAt(instant, timeZone))
  return [-2, -1, 0, 1, 2].map((days) => new Date(zonedInstant(`${dateText(today + days)}T${time}`, timeZone)))
}
