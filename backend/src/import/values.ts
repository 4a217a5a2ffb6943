import { z } from 'zod'
import { localMomentAt, zonedInstant } from '@todo/model/due'
import { LocalDate } from '@todo/model/primitives'

/** A date or time of the file. `zone` is null for a day, and for a time without a zone (“floating”). */
export interface When {
  /** `2026-12-01` */
  date: string
  /** `09:00:00`; null for a whole day. */
  time: string | null
  zone: string | null
}

const WHEN = /^(\d{4})-?(\d\d)-?(\d\d)(?:T([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d|60)?(Z)?)?$/

/** RFC 5545 §3.3.4 and §3.3.5; with hyphens and colons too, which some programs write. Undefined where it is neither. */
export function readWhen(value: string, zone: string | null): When | undefined {
  const [, year, month, day, hour, minute, second = '00', utc] = WHEN.exec(value.trim().toUpperCase()) ?? []
  const date = `${year}-${month}-${day}`
  if (day === undefined || !LocalDate.safeParse(date).success) return undefined
  if (hour === undefined) return { date, time: null, zone: null }
  return { date, time: `${hour}:${minute}:${second === '60' ? '59' : second}`, zone: utc ? 'UTC' : zone }
}

/** Why `readWhen` found nothing. */
export function problemOfWhen(value: string): string {
  const [, year, month, day] = WHEN.exec(value.trim().toUpperCase()) ?? []
  const date = `${year}-${month}-${day}`
  const parsed = LocalDate.safeParse(date)
  const isOutOfRange = day !== undefined && !parsed.success && z.iso.date().safeParse(date).success
  return isOutOfRange
    ? `is out of range: a date here ${parsed.error.issues[0]!.message}`
    : 'is not a date that exists or a time, such as 20261201 or 20261201T090000'
}

/** `2026-12-01T09:00`, or the day alone. */
export function localText({ date, time }: When): string {
  return time === null ? date : `${date}T${time.slice(0, 5)}`
}

/** The instant in epoch ms; a day is its midnight, what has no zone is in `floatingZone`. */
export function epochMs({ date, time, zone }: When, floatingZone: string): number {
  return Date.parse(zonedInstant(`${date}T${time ?? '00:00:00'}`, zone ?? floatingZone))
}

/** The same moment on the wall clock of another zone. A day stays the day that it is. */
export function inZone(when: When, zone: string, floatingZone: string): When {
  if (when.time === null) return when
  const [date = '', time = ''] = localMomentAt(epochMs(when, floatingZone), zone).split('T')
  return { date, time, zone }
}

const DURATION = /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T?(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)?$/

/**
 * RFC 5545 §3.3.6, in seconds; undefined where it is none. Months are not in it, so that `-P300S`, as calcurse writes it,
 * says as much without its T.
 */
export function readDuration(value: string): number | undefined {
  const match = DURATION.exec(value.trim().toUpperCase())
  if (!match || /^[+-]?PT?$/.test(value.trim().toUpperCase())) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(2).map((part) => Number(part ?? 0))
  const total = (weeks * 7 + days) * 86_400 + hours * 3_600 + minutes * 60 + seconds
  return match[1] === '-' ? -total : total
}

/** A time or day so many seconds later; a day moves by whole days. */
export function later(when: When, seconds: number, floatingZone: string): When {
  if (when.time === null) return { ...when, date: addDays(when.date, Math.trunc(seconds / 86_400)) }
  const days = Math.trunc(seconds / 86_400)
  const moved = { ...when, date: addDays(when.date, days) }
  const zone = when.zone ?? floatingZone
  const [date = '', time = ''] = localMomentAt(
    epochMs(moved, floatingZone) + (seconds - days * 86_400) * 1_000,
    zone,
  ).split('T')
  return { date, time, zone: when.zone }
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** TEXT (RFC 5545 §3.3.11). */
export function readText(value: string): string {
  return value.replace(/\\([\\;,nN"])/g, (_, code: string) => (code === 'n' || code === 'N' ? '\n' : code)).trim()
}

/** A list of TEXT, separated by commas that are not escaped. */
export function readTexts(value: string): string[] {
  const items = value.match(/(?:\\.|[^\\,])+/gs) ?? []
  return items.map(readText).filter((item) => item !== '')
}
