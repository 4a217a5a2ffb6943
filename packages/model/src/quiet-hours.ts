import { Temporal } from 'temporal-polyfill'
import { wallClock } from './wall-clock.ts'

/** Times of day; `to` is not in it any more. Where it is before `from`, they go over midnight. */
export interface QuietHours {
  from: string
  to: string
}

/** Whether the clock on the wall of a zone shows a quiet time at an instant. */
export function isQuiet({ from, to }: QuietHours, at: Date, timeZone: string): boolean {
  const time = wallClock(at, timeZone).slice(11, 16)
  return from < to ? time >= from && time < to : time >= from || time < to
}

/**
 * When the quiet hours that it is now are over: the first moment at which the clock shows another time, also where DST
 * leaves out the end or shows it twice. Null when it is not quiet now.
 */
export function quietEnd(quiet: QuietHours, now: Date, timeZone: string): Date | null {
  if (!isQuiet(quiet, now, timeZone)) return null
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const to = Temporal.PlainTime.from(quiet.to)
  // The third day is for a zone that leaves out a whole one.
  const ends = [0, 1, 2].flatMap((days) => {
    const end = local.toPlainDate().add({ days }).toPlainDateTime(to)
    return (['earlier', 'later'] as const).map((disambiguation) => end.toZonedDateTime(timeZone, { disambiguation }))
  })
  const jump = local.getTimeZoneTransition('next')
  const times = [...ends, ...(jump ? [jump] : [])].map(({ epochMilliseconds }) => epochMilliseconds)
  const loud = times.filter((at) => at > now.getTime() && !isQuiet(quiet, new Date(at), timeZone))
  return new Date(Math.min(...loud))
}
