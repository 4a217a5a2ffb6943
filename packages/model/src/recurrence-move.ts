import { endOf, withEnd, withoutEnd } from './recurrence-end.ts'
import { presetOf, presetRule } from './recurrence-presets.ts'
import { formatRecurrenceRule, readRecurrenceRule } from './recurrence-rule.ts'
import type { Recurrence } from './task.ts'

export interface Move {
  /** The local date or date-time of the first occurrence from now on. */
  start: string
  /** How many occurrences are over. */
  done: number
  /** Of the series so far. */
  timeZone: string
}

/**
 * A series that goes on from another start: every Monday becomes every Wednesday when its start moves there, every
 * second one stays every second. A rule that names more than its start does stays as it is. Of COUNT, what is left
 * after `done` occurrences; of UNTIL the last day on which there may have been one. Throws RecurrenceRuleError.
 */
export function movedRecurrence(recurrence: Recurrence, { start, done, timeZone }: Move): Recurrence {
  const { rule, anchor } = recurrence
  const end = endOf(recurrence, timeZone)
  const left = end.kind === 'after' ? { ...end, count: Math.max(1, end.count - done) } : end
  const moved = movedRule(withoutEnd(rule), recurrence, start)
  const isAhead = (date: string) => date >= start.slice(0, 10)
  return {
    rule: withEnd(moved, left),
    anchor,
    start,
    exceptions: recurrence.exceptions.filter(isAhead),
    additions: recurrence.additions.filter(isAhead),
  }
}

/** Presets that say no more than the day of their start. */
const OF_THE_START = ['weekly', 'monthly', 'monthly-weekday', 'yearly'] as const

function movedRule(text: string, { start: before, anchor }: Recurrence, start: string): string {
  if (before.slice(0, 10) === start.slice(0, 10)) return text
  const { interval, weekStart, ...parts } = readRecurrenceRule(text)
  const preset = presetOf(formatRecurrenceRule({ ...parts, weekStart: 0, interval: 1 }), before, anchor)
  const moved = OF_THE_START.find((name) => name === preset)
  if (!moved) return text
  return formatRecurrenceRule({ ...readRecurrenceRule(presetRule(moved, start, anchor)!), interval, weekStart })
}
