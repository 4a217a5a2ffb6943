import type { Component } from './components.ts'
import type { ContentLine } from './content-lines.ts'
import type { Report } from './report.ts'

/** What the properties of a task or event become; they are read elsewhere. */
const READ = new Set([
  'UID',
  'RECURRENCE-ID',
  'RELATED-TO',
  'SUMMARY',
  'DESCRIPTION',
  'LOCATION',
  'URL',
  'COMMENT',
  'CONTACT',
  'CONFERENCE',
  'X-GOOGLE-CONFERENCE',
  'DTSTART',
  'DTEND',
  'DUE',
  'DURATION',
  'RRULE',
  'EXDATE',
  'RDATE',
  'PRIORITY',
  'CATEGORIES',
  'STATUS',
  'COMPLETED',
  'PERCENT-COMPLETE',
  'SEQUENCE',
  'CLASS',
])

/**
 * Properties that say nothing that a person entered, so that leaving them out loses nothing: stamps and counters of
 * the program that wrote the file, its view settings, how a time is shown to others, and copies of other properties.
 */
export const TECHNICAL_PROPERTIES: readonly string[] = [
  'DTSTAMP',
  'CREATED',
  'LAST-MODIFIED',
  'SEQUENCE',
  'TRANSP',
  'X-FUNAMBOL-ALLDAY',
  'X-APPLE-SORT-ORDER',
  'X-APPLE-NEEDS-REPLY',
  'X-APPLE-EWS-BUSYSTATUS',
  'X-APPLE-TRAVEL-ADVISORY-BEHAVIOR',
  'X-APPLE-CREATOR-IDENTITY',
  'X-APPLE-CREATOR-TEAM-IDENTITY',
  'X-BUSYMAC-LASTMODBY',
  'X-DEFAULT-ALARM',
  'X-NC-GROUP-ID',
  'X-OC-HIDESUBTASKS',
  'X-OC-HIDECOMPLETEDSUBTASKS',
  'X-RADICALE-NAME',
]

/** The same, for whole families of extensions. */
export const TECHNICAL_PREFIXES: readonly string[] = [
  'X-MOZ',
  'X-LIC-',
  'X-WR-',
  'X-MS-OLK-',
  'X-EVOLUTION-',
  'X-NSCP-',
  'X-LOTUS-',
  'X-RIM-',
  'X-CALENDARSERVER-',
  'X-MICROSOFT-CDO-',
  'X-MICROSOFT-DISALLOW',
  'X-MICROSOFT-DONOTFORWARD',
  'X-MICROSOFT-ISRESPONSE',
  'X-MICROSOFT-REQUESTEDATTENDANCE',
  'X-MICROSOFT-RECURRENCE',
  'X-MICROSOFT-MSNCALENDAR-',
  'X-GOOGLE-CALENDAR-CONTENT-',
  'X-ZIMBRA-',
  'X-SOGO-',
  'X-GWSHOW',
  'X-HORDE-',
  'X-ICAL4',
  'X-KDE-ICAL-',
  'X-KDE-KCALCORE-',
  'X-KDE-LIBKCAL-',
  'X-TZNAME',
]

const technical = new Set(TECHNICAL_PROPERTIES)

const NO_COLOR = 'a task has the colour of its list, and none of its own'

const REASONS: Record<string, string> = {
  COLOR: NO_COLOR,
  'X-COLOR': NO_COLOR,
  'X-APPLE-CALENDAR-COLOR': NO_COLOR,
  'X-OUTLOOK-COLOR': NO_COLOR,
  'X-FUNAMBOL-COLOR': NO_COLOR,
  'X-PINNED': 'a task cannot be pinned',
  ATTENDEE: 'a task has no attendees',
  ORGANIZER: 'a task has no organizer',
  ATTACH: 'a task has no attachments',
  IMAGE: 'a task has no pictures',
  GEO: 'a task has no coordinates; a LOCATION would be in its notes',
  EXRULE: 'rules of exceptions are not supported (RFC 5545 dropped them): skip single dates instead',
  RESOURCES: 'a task has no resources',
  'REQUEST-STATUS': 'it is an answer to an invitation',
}

/** The properties of one component by name, of which those that may be there once are read as such. */
export interface Properties {
  /** The first that is not empty; further ones are reported. */
  one: (name: string) => ContentLine | undefined
  all: (name: string) => ContentLine[]
}

export function propertiesOf(component: Component, report: Report): Properties {
  const byName = Map.groupBy(component.lines, ({ name }) => name)
  const all = (name: string) => (byName.get(name) ?? []).filter(({ value }) => value.trim() !== '')
  const seen = new Set<string>()
  const one = (name: string) => {
    const [first, ...more] = all(name)
    if (!seen.has(name)) for (const line of more) report.add(line, `${name} is there more than once: the first is kept`)
    seen.add(name)
    return first
  }
  return { one, all }
}

/** Reports what no part of a task can hold. */
export function reportUnkept(component: Component, report: Report): void {
  const isDescribed = component.lines.some(({ name, value }) => name === 'DESCRIPTION' && value.trim() !== '')
  for (const line of component.lines) {
    // As HTML what DESCRIPTION says as text, where that is there.
    if (line.name === 'X-ALT-DESC' && isDescribed) continue
    if (READ.has(line.name) || isTechnical(line.name) || line.value.trim() === '') continue
    const isExtension = line.name.startsWith('X-')
    const unknown = isExtension
      ? 'is an extension of the program that wrote the file'
      : `${line.name} has no place in a task`
    report.add(line, REASONS[line.name] ?? unknown)
  }
}

export function isTechnical(name: string): boolean {
  return technical.has(name) || TECHNICAL_PREFIXES.some((prefix) => name.startsWith(prefix))
}
