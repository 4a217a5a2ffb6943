import type { Report } from './report.ts'
import type { ZoneOf } from './zones.ts'

/** What every part of an import needs to know. */
export interface ImportContext {
  userId: string
  /** The person's zone: of times without one, and of days. */
  timeZone: string
  now: Date
  /** PRODID: what wrote the calendar. */
  program: string
  zoneOf: ZoneOf
  report: Report
}
