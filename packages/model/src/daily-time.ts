import { dateText, dayNumberOf } from './civil-days.ts'
import { localDateAt, zonedInstant } from './due.ts'

/**
 * The next moment after an instant at which it is this time of day in a zone, once a day: of two the first, and a time
 * that DST leaves out is as much later.
 */
export function nextDailyTime(time: string, after: Date, timeZone: string): Date {
  const today = dayNumberOf(localDateAt(after, timeZone))
  // Yesterday's may be left out of its day and come after midnight.
  const times = [-1, 0, 1, 2].map((days) => Date.parse(zonedInstant(`${dateText(today + days)}T${time}`, timeZone)))
  return new Date(times.find((at) => at > after.getTime())!)
}
