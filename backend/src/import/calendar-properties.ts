import type { Component } from './components.ts'
import { isTechnical } from './properties.ts'
import type { Report } from './report.ts'
import type { ZoneOf } from './zones.ts'

/** What a calendar says of the file and its program. The zone and the calendar system are read. */
const TECHNICAL = new Set([
  'PRODID',
  'VERSION',
  'METHOD',
  'UID',
  'SOURCE',
  'REFRESH-INTERVAL',
  'X-PUBLISHED-TTL',
  'X-PRIMARY-CALENDAR',
  'X-WR-RELCALID',
  'X-WR-TIMEZONE',
  'TIMEZONE-ID',
  'CALSCALE',
])

const LIST = 'the tasks go into the list that you chose'

const REASONS: Record<string, string> = {
  NAME: `${LIST}, which keeps its name`,
  'X-WR-CALNAME': `${LIST}, which keeps its name`,
  COLOR: `${LIST}, which keeps its colour`,
  'X-APPLE-CALENDAR-COLOR': `${LIST}, which keeps its colour`,
  'X-OUTLOOK-COLOR': `${LIST}, which keeps its colour`,
}

/** Reports what a calendar says about itself that a person may have entered, and dates that would be read wrongly. */
export function reportCalendar(calendar: Component, report: Report): void {
  for (const line of calendar.lines) {
    const value = line.value.trim()
    if (line.name === 'CALSCALE' && value !== '' && value.toUpperCase() !== 'GREGORIAN') {
      report.add(line, 'dates are read as Gregorian: check them')
    }
    const isShown = line.name === 'X-WR-CALDESC' || REASONS[line.name] !== undefined
    if (value === '' || TECHNICAL.has(line.name) || (isTechnical(line.name) && !isShown)) continue
    report.add(line, REASONS[line.name] ?? `${LIST}: nothing about the calendar is kept`)
  }
}

/** X-WR-TIMEZONE, or TIMEZONE-ID, is the zone of the times of its calendar that name none. */
export function inCalendarZone(calendar: Component, zoneOf: ZoneOf): ZoneOf {
  const named = (wanted: string) => calendar.lines.find(({ name, value }) => name === wanted && value.trim() !== '')
  const line = named('X-WR-TIMEZONE') ?? named('TIMEZONE-ID')
  if (!line) return zoneOf
  const zone = zoneOf({ ...line, params: new Map([['TZID', line.value.trim()]]) })
  return (other) => zoneOf(other) ?? zone
}
