import { dayIn } from '@todo/model/wall-clock'
import { asUtcDate, daysBetween } from './calendar-day.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const FOUR_O_CLOCK_MS = 4 * HOUR_MS

const formats = new Map<string, Intl.DateTimeFormat>()

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options)
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(locale, options)
    formats.set(key, made)
  }
  return made
}

/** A day in the person's locale. A day has no zone: it is formatted in UTC, as calendar-day.ts counts it. */
export function formatDay(day: string, locale: string, options: Intl.DateTimeFormatOptions): string {
  return format(locale, { ...options, timeZone: 'UTC' }).format(asUtcDate(day))
}

/** A time on the wall, `09:00`, in the person's locale: `09:00` or `9:00 AM`. */
export function formatTime(time: string, locale: string): string {
  return format(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(Date.parse(`1970-01-01T${time}:00Z`))
}

/** How a format with a day writes the time as `formatTime` does: in en-GB `numeric` gives `4:02`, and that `04:02`. */
export function timeParts(locale: string): Intl.DateTimeFormatOptions {
  const parts = format(locale, { timeStyle: 'short', timeZone: 'UTC' }).formatToParts(FOUR_O_CLOCK_MS)
  const hasTwoDigits = parts.find(({ type }) => type === 'hour')?.value.length === 2
  return { hour: hasTwoDigits ? '2-digit' : 'numeric', minute: '2-digit' }
}

export function formatInstant(
  instant: string,
  timeZone: string,
  locale: string,
  options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', ...timeParts(locale) },
): string {
  return format(locale, { ...options, timeZone }).format(Date.parse(instant))
}

/** Today, Tomorrow, Yesterday, a weekday within the next six days, else a date; the year only where it differs. */
export function describeDay(day: string, today: string, locale: string): string {
  const distance = daysBetween(today, day)
  if (Math.abs(distance) <= 1) return relativeDay(distance, locale)
  if (distance > 1 && distance < 7) return formatDay(day, locale, { weekday: 'long' })
  if (distance < 0 && distance > -7) return formatDay(day, locale, { weekday: 'short', day: 'numeric', month: 'short' })
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  return formatDay(day, locale, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** The header of a day: `Tomorrow · Tuesday 24 November`. */
export function describeDayHeader(day: string, today: string, locale: string): { name: string; date: string } {
  const distance = daysBetween(today, day)
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  const dayOf: Intl.DateTimeFormatOptions = {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }
  if (Math.abs(distance) <= 1) {
    return { name: relativeDay(distance, locale), date: formatDay(day, locale, { weekday: 'long', ...dayOf }) }
  }
  return { name: formatDay(day, locale, { weekday: 'long' }), date: formatDay(day, locale, dayOf) }
}

function relativeDay(distance: number, locale: string): string {
  const word = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(distance, 'day')
  return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1)
}

/** How long ago: `2 min ago`, `21 hr. ago`, and the days of the calendar after about a day: `yesterday`; a date from a week on. */
export function describeAgo(instant: string, now: number, timeZone: string, locale: string): string {
  const ago = now - Date.parse(instant)
  if (ago < 45_000) return 'just now'
  if (ago > 7 * DAY_MS) return formatInstant(instant, timeZone, locale)
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const days = daysBetween(dayIn(Date.parse(instant), timeZone), dayIn(now, timeZone))
  if (days > 0 && ago >= 0.95 * DAY_MS) return words.format(-days, 'day')
  if (ago >= 0.95 * HOUR_MS) return words.format(-Math.round(ago / HOUR_MS), 'hour')
  return words.format(-Math.max(1, Math.round(ago / 60_000)), 'minute')
}
