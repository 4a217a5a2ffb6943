import { v5 } from 'uuid'
import type { Component } from './components.ts'
import type { ImportContext } from './context.ts'
import { propertiesOf, type Properties } from './properties.ts'
import { whenOf } from './times.ts'
import type { Report } from './report.ts'
import { epochMs, localText, type When } from './values.ts'

/** A VTODO or VEVENT of the file, identified. */
export interface Entry {
  kind: 'VTODO' | 'VEVENT'
  component: Component
  properties: Properties
  context: ImportContext
  uid: string
  /** Which occurrence of a series it replaces. */
  recurrenceId: When | null
  /** The same for the same entry of the same person's file, however often it is imported. */
  importId: string
}

/** Ours alone. It never changes: tasks that were imported are known by it. */
const IMPORT_NAMESPACE = 'c1f5f0b4-5b0a-4a77-9d0e-2f8f6a0d6c11'

const REASONS: Record<string, string> = {
  VJOURNAL: 'a journal entry is not a task',
  VFREEBUSY: 'times that are free or busy are not tasks',
  VAVAILABILITY: 'times of availability are not tasks',
}

/** The tasks and events of a calendar; components that are neither are reported. */
export function readEntries(calendar: Component, context: ImportContext): Entry[] {
  return calendar.children.flatMap((component) => readEntry(component, context))
}

function readEntry(component: Component, context: ImportContext): Entry[] {
  const { name, begin } = component
  if (name === 'VTIMEZONE') return []
  if (name !== 'VTODO' && name !== 'VEVENT') {
    const summary = component.lines.find((line) => line.name === 'SUMMARY')?.value
    const place = { line: begin.line, text: summary ? `${begin.text} ${summary}` : begin.text }
    context.report.add(place, REASONS[name] ?? `${name} is not a task`)
    return []
  }
  const properties = propertiesOf(component, context.report)
  // Without a UID, what the entry says is all that it can be known by.
  const uid = properties.one('UID')?.value.trim() ?? component.lines.map(({ text }) => text).join('\n')
  const line = properties.one('RECURRENCE-ID')
  const recurrenceId = whenOf(line, context)
  const isFloating = !line?.params.get('TZID') && recurrenceId?.zone !== 'UTC'
  const occurrence = recurrenceId ? identity(recurrenceId, isFloating, context) : ''
  const importId = v5(JSON.stringify([context.userId, uid, occurrence]), IMPORT_NAMESPACE)
  return [{ kind: name, component, properties, context, uid, recurrenceId, importId }]
}

/** The same moment however it is written: in UTC, or on the clock of a zone. */
function identity(when: When, isFloating: boolean, { timeZone }: ImportContext): string {
  return when.time === null || isFloating ? localText(when) : new Date(epochMs(when, timeZone)).toISOString()
}

/** Of two versions of one entry the newer counts (RFC 5545 §3.8.7.4). */
export function withoutRepeats(entries: Entry[], report: Report): Entry[] {
  const kept = new Map<string, Entry>()
  for (const entry of entries) {
    const other = kept.get(entry.importId)
    const isOlder = other !== undefined && sequence(entry) < sequence(other)
    const dropped = isOlder ? entry : other
    if (dropped)
      report.add(dropped.component.begin, `is there again with the same UID in line ${lineOf(isOlder ? other : entry)}`)
    if (!isOlder) kept.set(entry.importId, entry)
  }
  return [...kept.values()]
}

function sequence({ properties }: Entry): number {
  return Number(properties.one('SEQUENCE')?.value ?? 0) || 0
}

function lineOf({ component }: Entry): number {
  return component.begin.line
}
