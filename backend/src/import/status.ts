import type { CreateTask } from '@todo/model/task'
import type { ContentLine } from './content-lines.ts'
import type { ImportContext } from './context.ts'
import type { Properties } from './properties.ts'
import { epochMs, readWhen } from './values.ts'

export interface Completion {
  completedAt: string | null
  isCancelled: boolean
}

/** RFC 5545 §3.8.1.11, for tasks and events. */
const STATES = new Set(['NEEDS-ACTION', 'COMPLETED', 'IN-PROCESS', 'CANCELLED', 'TENTATIVE', 'CONFIRMED'])

/** STATUS decides; where it is silent, COMPLETED and PERCENT-COMPLETE do. What lies between open and done is reported. */
export function readCompletion(properties: Properties, context: ImportContext): Completion {
  const { report } = context
  const status = properties.one('STATUS')
  const value = status?.value.trim().toUpperCase()
  const completed = properties.one('COMPLETED')
  const percent = properties.one('PERCENT-COMPLETE')
  const isOpen = value === 'NEEDS-ACTION' || value === 'IN-PROCESS'
  const isDone = value === 'COMPLETED' || (!isOpen && (completed !== undefined || Number(percent?.value) === 100))
  if (isOpen && completed) report.add(completed, `STATUS:${value} says that it is open`)
  if (!isDone && percent && Number(percent.value) !== 0)
    report.add(percent, 'a task is open or completed, nothing between')
  if (status && (value === 'IN-PROCESS' || value === 'TENTATIVE')) {
    report.add(status, 'a task is open or completed, nothing between')
  }
  if (status && value && !STATES.has(value))
    report.add(status, `${value.slice(0, 40)} is no state of a task: it is ${isDone ? 'completed' : 'open'}`)
  return {
    completedAt: isDone ? completionTime(completed, properties, context) : null,
    isCancelled: value === 'CANCELLED',
  }
}

/** Without a time of completion, the last change is the nearest to it. */
function completionTime(completed: ContentLine | undefined, properties: Properties, context: ImportContext): string {
  for (const line of [completed, properties.one('LAST-MODIFIED'), properties.one('DTSTAMP')]) {
    const when = line && readWhen(line.value, context.zoneOf(line))
    const atMs = when ? epochMs(when, context.timeZone) : 0
    // Some programs write the year 1 where they know nothing.
    if (atMs > 0) return new Date(atMs).toISOString()
    if (line && line === completed) context.report.add(line, 'is not a time, such as 20261201T080000Z')
  }
  return context.now.toISOString()
}

/** PRIORITY 1 to 4 is high, 5 and 0 (none) medium, 6 to 9 low (RFC 5545 §3.8.1.9). */
export function readPriority(properties: Properties, { report }: ImportContext): CreateTask['priority'] {
  const line = properties.one('PRIORITY')
  if (!line) return 'medium'
  const number = /^\s*\d\s*$/.test(line.value) ? Number(line.value) : NaN
  if (Number.isNaN(number)) report.add(line, 'PRIORITY must be 0 to 9')
  if (number >= 1 && number <= 4) return 'high'
  return number >= 6 ? 'low' : 'medium'
}
