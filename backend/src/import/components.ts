import type { ContentLine } from './content-lines.ts'
import type { Report } from './report.ts'

/** A component of the file between its BEGIN and its END (RFC 5545 §3.6). */
export interface Component {
  name: string
  begin: ContentLine
  lines: ContentLine[]
  children: Component[]
}

/** Components that stand in a calendar directly: where one begins inside another, that one was never ended. */
const TOP_LEVEL = new Set(['VTODO', 'VEVENT', 'VJOURNAL', 'VFREEBUSY', 'VTIMEZONE', 'VAVAILABILITY'])

/** A calendar, a task, its alarm and what extensions put into that. */
const MAX_DEPTH = 6

interface Reading {
  calendars: Component[]
  /** From the calendar inwards. */
  open: Component[]
  /** How many components deep we are in what is nested too deep. */
  tooDeep: number
  report: Report
}

/** The calendars of a file. A component that is not ended is reported and left out; the others are kept. */
export function readCalendars(lines: ContentLine[], report: Report): Component[] {
  const reading: Reading = { calendars: [], open: [], tooDeep: 0, report }
  for (const line of lines) {
    if (line.name === 'BEGIN') begin(line, reading)
    else if (line.name === 'END') end(line, reading)
    else if (reading.tooDeep === 0) property(line, reading)
  }
  closeDownTo(0, null, reading)
  return reading.calendars
}

function property(line: ContentLine, { open, report }: Reading): void {
  const component = open.at(-1)
  if (component) component.lines.push(line)
  else report.add(line, 'stands outside of a calendar: it belongs between BEGIN:VCALENDAR and END:VCALENDAR')
}

function begin(line: ContentLine, reading: Reading): void {
  const name = componentName(line)
  if (name === 'VCALENDAR') closeDownTo(0, line, reading)
  if (TOP_LEVEL.has(name)) closeDownTo(1, line, reading)
  if (reading.open.length === MAX_DEPTH) {
    if (reading.tooDeep === 0) reading.report.add(line, 'is nested too deep to be a part of a task')
    reading.tooDeep += 1
    return
  }
  reading.open.push({ name, begin: line, lines: [], children: [] })
}

function end(line: ContentLine, reading: Reading): void {
  const { open, report } = reading
  if (reading.tooDeep > 0) {
    reading.tooDeep -= 1
    return
  }
  const depth = open.findLastIndex(({ name }) => name === componentName(line))
  if (depth < 0) {
    report.add(line, `ends what never began: there is no BEGIN:${componentName(line)} for it`)
    return
  }
  closeDownTo(depth + 1, line, reading)
  close(open.pop()!, reading)
}

/** Leaves what was not ended before this line, or before the end of a file that was cut off. */
function closeDownTo(depth: number, line: ContentLine | null, reading: Reading): void {
  const { open, report } = reading
  while (open.length > depth) {
    reading.tooDeep = 0
    const component = open.pop()!
    const where = line ? `line ${line.line}` : 'the end of the file, which was cut off: export it again'
    report.add(component.begin, `has no END:${component.name} before ${where}`)
    // What was complete in a calendar stays.
    if (component.name === 'VCALENDAR') close(component, reading)
  }
}

function close(component: Component, { open, calendars, report }: Reading): void {
  const parent = open.at(-1)
  if (component.name === 'VCALENDAR') calendars.push(component)
  else if (parent) parent.children.push(component)
  else report.add(component.begin, 'stands outside of a calendar: it belongs between BEGIN:VCALENDAR and END:VCALENDAR')
}

function componentName(line: ContentLine): string {
  return line.value.trim().toUpperCase().slice(0, 60)
}
