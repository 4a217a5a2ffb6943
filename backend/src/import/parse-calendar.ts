import { inCalendarZone, reportCalendar } from './calendar-properties.ts'
import { readCalendars, type Component } from './components.ts'
import { readContentLines } from './content-lines.ts'
import { assertCalendar, refused } from './decode-calendar.ts'
import { readEntries, withoutRepeats, type Entry } from './entries.ts'
import { importEntry, type ImportedTask } from './import-entry.ts'
import { createReport, type NotKept, type Report } from './report.ts'
import { nestSubtasks, type Imported } from './subtasks.ts'
import type { When } from './values.ts'
import { zoneReader } from './zones.ts'

export type { ImportedTask } from './import-entry.ts'
export type { NotKept } from './report.ts'

export interface ParsedCalendar {
  tasks: ImportedTask[]
  notKept: NotKept[]
}

export interface ImportOptions {
  userId: string
  /** The person's IANA zone: of times without one. */
  timeZone: string
  now: Date
}

/**
 * The tasks of an iCalendar file (RFC 5545): VTODO, and VEVENT as tasks. Whatever cannot be kept is listed with its
 * line; a broken component does not take the others with it.
 * @throws AppError for what is no calendar or too large, saying what to do
 */
export function parseCalendar(text: string, { userId, timeZone, now }: ImportOptions): ParsedCalendar {
  assertCalendar(text)
  const report = createReport()
  const entries = readCalendars(readContentLines(text, report), report).flatMap((calendar) => {
    assertVersion2(calendar)
    reportCalendar(calendar, report)
    const zoneOf = inCalendarZone(calendar, zoneReader(calendar, timeZone, report))
    return readEntries(calendar, { userId, timeZone, now, program: valueOf(calendar, 'PRODID') ?? '', zoneOf, report })
  })
  const imported = importEntries(withoutRepeats(entries, report), report)
  return { tasks: nestSubtasks(imported, report), notKept: report.lines() }
}

function importEntries(entries: Entry[], report: Report): Imported[] {
  const replaced = replacedOccurrences(entries, report)
  return entries.flatMap((entry) => {
    if (isCancelledOccurrence(entry, replaced)) return []
    const task = importEntry(entry, entry.recurrenceId ? [] : (replaced.get(entry.uid) ?? []))
    return task ? [{ entry, task }] : []
  })
}

function assertVersion2(calendar: Component): void {
  if (valueOf(calendar, 'VERSION') !== '1.0') return
  throw refused('is vCalendar 1.0, which iCalendar replaced in 1998: export it as iCalendar (.ics)')
}

function valueOf(calendar: Component, name: string): string | undefined {
  return calendar.lines.find((line) => line.name === name)?.value.trim()
}

/** By UID: the occurrences that components with a RECURRENCE-ID stand for, which their series leaves out. */
function replacedOccurrences(entries: Entry[], report: Report): Map<string, When[]> {
  const masters = new Set(entries.filter(({ recurrenceId }) => !recurrenceId).map(({ uid }) => uid))
  const replaced = new Map<string, When[]>()
  for (const { uid, recurrenceId, properties } of entries) {
    if (!recurrenceId || !masters.has(uid)) continue
    if (!replaced.has(uid)) replaced.set(uid, [])
    replaced.get(uid)!.push(recurrenceId)
    const line = properties.one('RECURRENCE-ID')
    if (line?.params.get('RANGE')?.toUpperCase() === 'THISANDFUTURE') {
      report.add(line, 'it changes this and all following occurrences: here only this one was changed')
    }
  }
  return replaced
}

/** Cancelling one occurrence is leaving it out of the series, and nothing else. */
function isCancelledOccurrence({ uid, recurrenceId, properties }: Entry, replaced: Map<string, When[]>): boolean {
  const isCancelled = properties.one('STATUS')?.value.trim().toUpperCase() === 'CANCELLED'
  return recurrenceId !== null && isCancelled && replaced.has(uid)
}
