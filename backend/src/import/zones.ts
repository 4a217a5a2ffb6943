import { zonedInstant } from '@todo/model/due'
import { isTimeZone } from '@todo/model/primitives'
import type { Component } from './components.ts'
import type { ContentLine } from './content-lines.ts'
import type { Report } from './report.ts'
import { WINDOWS_IANA_ZONES, windowsZone } from './windows-zones.ts'

/** The IANA zone that a property's TZID means; null where it has none. */
export type ZoneOf = (line: ContentLine) => string | null

/**
 * Reads TZIDs as the programs write them: IANA names, alone or after a prefix such as `/mozilla.org/20050126_1/`,
 * Windows names, names with cities, offsets, and VTIMEZONEs with X-LIC-LOCATION or with the offsets of a known zone.
 * One that means none of these is reported once, and its times are taken for the person's.
 */
export function zoneReader(calendar: Component, personZone: string, report: Report): ZoneOf {
  const definitions = new Map(
    calendar.children
      .filter(({ name }) => name === 'VTIMEZONE')
      .map((definition) => [valueOf(definition, 'TZID') ?? '', definition]),
  )
  const known = new Map<string, string>()
  return (line) => {
    const id = line.params.get('TZID')
    if (!id) return null
    const zone =
      known.get(id) ??
      zoneByAbbreviation(id, definitions.get(id), personZone) ??
      zoneByName(id) ??
      zoneByDefinition(id, definitions.get(id), { line, personZone, report })
    known.set(id, zone)
    return zone
  }
}

/**
 * Names of the zone database that programs also write for what a machine calls its clock: to remind and Org mode, `EST`
 * is New York, which the database has without summer time.
 */
const ABBREVIATIONS = new Set(['EST', 'MST', 'HST', 'CET', 'MET', 'EET', 'WET'])

function zoneByAbbreviation(id: string, definition: Component | undefined, personZone: string): string | undefined {
  if (!ABBREVIATIONS.has(id)) return undefined
  const named = offsetsIn(id)
  const own = offsetsIn(personZone)
  const defined = definition && offsetsOf(definition)
  if (defined && !isAlike(defined, named)) return zoneWithOffsets(defined, personZone)
  const isOwn = isAlike(own, named) || (!defined && named.january === named.july && own.january === named.january)
  return isOwn ? personZone : id
}

function offsetsIn(zone: string, year = OFFSET_YEARS[0]): Offsets {
  return { january: offsetOn(`${year}-01-15`, zone), july: offsetOn(`${year}-07-15`, zone) }
}

function isAlike(a: Offsets, b: Offsets): boolean {
  return a.january === b.january && a.july === b.july
}

/** Longer than any name with its prefix: what follows looks at every part of it. */
const LONGEST_NAME = 255

function zoneByName(id: string): string | undefined {
  if (id.length > LONGEST_NAME) return undefined
  const segments = id.split('/').filter((segment) => segment !== '')
  const suffixes = [3, 2, 1].map((count) => segments.slice(-count).join('/'))
  const [, area, place] = /([A-Z][a-z]+)[-/]([A-Z][A-Za-z_]+)$/.exec(id) ?? []
  const iana = [id, ...suffixes, `${area}/${place}`].find(isTimeZone)
  if (iana) return properName(iana)
  return windowsZone(id) ?? zoneByWords(id) ?? zoneByOffset(id) ?? zoneOfCity(segments.at(-1) ?? '')
}

/** In the letters that the zone database has it in; the many names of UTC are one. */
function properName(name: string): string {
  if (/^(?:etc\/)?(?:utc|uct|gmt|zulu|universal)$/i.test(name)) return 'UTC'
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
  return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name
}

/** Outlook's display names: `(UTC+01:00) Amsterdam, Berlin, Rome`, `(UTC-05:00) Eastern Time (US & Canada)`. */
function zoneByWords(id: string): string | undefined {
  const words = /^\((?:UTC|GMT)[^)]*\)\s*(.+)$/i.exec(id)?.[1]
  if (!words) return undefined
  const name = words.replace(/\s*\(.*$/, '')
  if (/^Coordinated Universal Time$/i.test(name)) return 'UTC'
  const cities = words.split(',')
  return windowsZone(name.replace(/ Time$/, ' Standard Time')) ?? cities.map(zoneOfCity).find(Boolean)
}

let zonesByCity: Map<string, string> | undefined

function zoneOfCity(city: string): string | undefined {
  zonesByCity ??= new Map(
    Intl.supportedValuesOf('timeZone').map((zone) => [
      zone
        .slice(zone.lastIndexOf('/') + 1)
        .replaceAll('_', ' ')
        .toLowerCase(),
      zone,
    ]),
  )
  return zonesByCity.get(city.trim().toLowerCase())
}

/** `UTC`, `GMT+0100`, `UTC-05:00`: whole hours have an IANA zone, whose sign is the other way round. */
function zoneByOffset(id: string): string | undefined {
  const [, sign, hours = '', minutes = '00'] = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?$/i.exec(id) ?? []
  return sign !== undefined && minutes === '00' ? wholeHours((sign === '-' ? -60 : 60) * Number(hours)) : undefined
}

function wholeHours(offsetMinutes: number): string | undefined {
  if (offsetMinutes === 0) return 'UTC'
  const name = `Etc/GMT${offsetMinutes < 0 ? '+' : '-'}${Math.abs(offsetMinutes) / 60}`
  return isTimeZone(name) ? name : undefined
}

interface Unknown {
  line: ContentLine
  personZone: string
  report: Report
}

function zoneByDefinition(
  id: string,
  definition: Component | undefined,
  { line, personZone, report }: Unknown,
): string {
  const location = definition && valueOf(definition, 'X-LIC-LOCATION')
  const named = location && zoneByName(location)
  if (named) return named
  const offsets = definition && offsetsOf(definition)
  const alike = offsets && zoneWithOffsets(offsets, personZone)
  const zone = alike ?? personZone
  const why = alike ? 'which has the same offsets' : 'your own: check these times'
  report.add(line, `the time zone ${id.slice(0, 60)} is not known by name: it was taken for ${zone}, ${why}`)
  return zone
}

/** Offsets from UTC in minutes, in the middle of January and of July. */
interface Offsets {
  january: number
  july: number
}

function offsetsOf(definition: Component): Offsets | undefined {
  const standard = newest(definition, 'STANDARD')
  const daylight = newest(definition, 'DAYLIGHT')
  const base = standard && offsetTo(standard)
  const summer = daylight && offsetTo(daylight)
  if (base === undefined) return summer === undefined ? undefined : { january: summer, july: summer }
  if (summer === undefined) return { january: base, july: base }
  const isSouthern = onsetMonth(daylight!) > 7
  return isSouthern ? { january: summer, july: base } : { january: base, july: summer }
}

function newest(definition: Component, name: string): Component | undefined {
  const begins = (part: Component) => valueOf(part, 'DTSTART') ?? ''
  return definition.children
    .filter((part) => part.name === name)
    .toSorted((a, b) => (begins(a) < begins(b) ? -1 : 1))
    .at(-1)
}

function offsetTo(part: Component): number | undefined {
  const [, sign, hours, minutes] = /^([+-]?)(\d\d):?(\d\d)/.exec(valueOf(part, 'TZOFFSETTO') ?? '') ?? []
  return hours === undefined ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

function onsetMonth(part: Component): number {
  const byMonth = /BYMONTH=(\d+)/.exec(valueOf(part, 'RRULE') ?? '')?.[1]
  return Number(byMonth ?? valueOf(part, 'DTSTART')?.slice(4, 6) ?? 0)
}

/** Old files know clocks that have been given up since, such as Brazil's summer time. */
const OFFSET_YEARS = [2025, 2015, 2008]

/** Of zones with the same offsets, the one that most people mean. */
const POPULOUS_ZONES = [
  'Europe/Berlin',
  'Europe/London',
  'Europe/Helsinki',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Halifax',
  'Australia/Sydney',
  'Pacific/Auckland',
  'Asia/Kolkata',
]

function zoneWithOffsets(wanted: Offsets, personZone: string): string | undefined {
  const isFixed = wanted.january === wanted.july && wanted.january % 60 === 0
  const fixed = isFixed ? wholeHours(wanted.january) : undefined
  for (const year of OFFSET_YEARS) {
    const hasThem = (zone: string) => isAlike(offsetsIn(zone, year), wanted)
    if (hasThem(personZone)) return personZone
    const zone = fixed ?? [...POPULOUS_ZONES, ...WINDOWS_IANA_ZONES].find(hasThem)
    if (zone) return zone
  }
  return undefined
}

const knownOffsets = new Map<string, number>()

function offsetOn(date: string, zone: string): number {
  const key = `${date} ${zone}`
  const known = knownOffsets.get(key)
  if (known !== undefined) return known
  const offset = (Date.parse(`${date}T12:00:00Z`) - Date.parse(zonedInstant(`${date}T12:00:00`, zone))) / 60_000
  knownOffsets.set(key, offset)
  return offset
}

function valueOf(component: Component, name: string): string | undefined {
  return component.lines.find((line) => line.name === name)?.value.trim()
}
