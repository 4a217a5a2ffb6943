import { z } from 'zod'
import { isVisible } from './visible-text.ts'

/** Far enough for any plan, and within what every zone, PostgreSQL and JavaScript can hold. */
const OUT_OF_RANGE = 'must be in the years 1900 to 9000'

function isInRange(isoText: string): boolean {
  return /^\d{4}-/.test(isoText) && isoText >= '1900' && isoText < '9001'
}

/** The identifier of anything of ours: a UUID in lower case, UUIDv7 when we or a client make it. */
export const Id = z
  .uuid({ error: 'must be a UUID, such as 0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6' })
  .transform((id) => id.toLowerCase())
export type Id = z.infer<typeof Id>

/** An identifier on the way out: what the database holds is already checked, so nothing is transformed. */
export const IdOut = z.string().meta({ format: 'uuid' })

/** A moment, as RFC 3339 in UTC with milliseconds: `2026-12-01T08:00:00.000Z`. */
export const Instant = z
  .string()
  .refine(isInstant, {
    error: 'must be an instant with an offset, such as 2026-12-01T08:00:00Z',
    abort: true,
  })
  .refine((text) => isInRange(new Date(text).toISOString()), { error: OUT_OF_RANGE })
  .transform((text) => new Date(text).toISOString())
  .meta({ format: 'date-time' })
export type Instant = z.infer<typeof Instant>
const INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/

const ExistingDay = z.iso.date()

/** Whether the text is a moment of a day that exists, as RFC 3339. `Date.parse` takes 30 February for 2 March. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text) && ExistingDay.safeParse(text.slice(0, 10)).success && !text.startsWith('0000')
}

/** An instant on the way out. */
export const InstantOut = z.string().meta({ format: 'date-time' })

/** A day of the calendar without a zone: `2026-12-01`. */
export const LocalDate = z.iso
  .date({ error: 'must be a date that exists, such as 2026-12-01' })
  .refine(isInRange, { error: OUT_OF_RANGE, when: ({ issues }) => issues.length === 0 })

/** A time of day on the wall clock, to the minute: `09:00`. */
export const LocalTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time of day, such as 09:00' })

/** A wall-clock moment without a zone: `2026-12-01T09:00:00`, or the day alone where there is no time. */
export const LocalMoment = z
  .string()
  .refine(
    (text) =>
      /^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?)?$/.test(text) &&
      z.iso.date().safeParse(text.slice(0, 10)).success,
    { error: 'must be a local date or date-time, such as 2026-12-01T09:00:00', abort: true },
  )
  .refine(isInRange, { error: OUT_OF_RANGE })

/** A zone of the IANA database, by name: `Europe/Lisbon`. Offsets are refused: they know nothing of DST. */
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: 'must be an IANA time zone, such as Europe/Lisbon' })

/** What a person calls something of theirs. */
export const Name = z
  .string()
  .trim()
  .min(1, { error: 'must not be empty', abort: true })
  .max(100, 'must be at most 100 characters')
  .refine(isVisible, 'must not be empty')

/** How often a row was changed; starts at 1 and only grows. */
export const Version = z.int().positive()

const knownZones = new Map<string, boolean>()

/** All of three letters that are in the zone database. `Intl` knows others of its own (PST, IST …); Temporal does not. */
const SHORT_ZONES = new Set('CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET'.split(' '))

/** Longer ones that `Intl` alone knows. */
const INTL_ALONE = /^(SystemV\/.*|US\/Pacific-New)$/i

/** Whether everything that counts times here knows the zone: `Intl`, Temporal and, of the same age, PostgreSQL. */
export function isTimeZone(name: string): boolean {
  const known = knownZones.get(name)
  if (known !== undefined) return known
  const isShort = name.length <= 3
  const isName =
    /^[A-Za-z][A-Za-z0-9_+/-]+$/.test(name) && (isShort ? SHORT_ZONES.has(name.toUpperCase()) : !INTL_ALONE.test(name))
  const valid = isName && canFormatIn(name)
  if (knownZones.size < 2_000) knownZones.set(name, valid)
  return valid
}

function canFormatIn(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}
