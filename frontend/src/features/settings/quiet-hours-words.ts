import { wallClock } from '@todo/model/wall-clock'
import { addDays } from '../dates/calendar-day.ts'
import { describeDay, formatTime } from '../dates/describe-date.ts'
import type { DueContext } from '../dates/due-phrase.ts'

/** `Next from 22:00 today until 07:00 tomorrow`, or while they are: `Quiet now, until 07:00 tomorrow`. */
export function describeQuietHours(
  { from, to }: { from: string; to: string },
  { now, today, timeZone, locale }: DueContext,
): string {
  const time = wallClock(now, timeZone).slice(11, 16)
  const moment = (day: string, clock: string) =>
    `${formatTime(clock, locale)} ${describeDay(day, today, locale).toLocaleLowerCase(locale)}`
  const isOvernight = from > to
  const isNow = isOvernight ? time >= from || time < to : time >= from && time < to
  if (isNow) return `Quiet now, until ${moment(isOvernight && time >= from ? addDays(today, 1) : today, to)}.`
  const begin = time < from ? today : addDays(today, 1)
  return `Next from ${moment(begin, from)} until ${moment(isOvernight ? addDays(begin, 1) : begin, to)}.`
}
