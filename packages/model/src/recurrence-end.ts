import { formatRecurrenceRule, readRecurrenceRule } from './recurrence-rule.ts'
import type { Recurrence } from './task.ts'

/** When a series is over: never, after a day, or after so many occurrences. */
export type RecurrenceEnd = { kind: 'never' } | { kind: 'on'; date: string } | { kind: 'after'; count: number }

/** The end that a rule names; of one at a time of day only the day. Throws RecurrenceRuleError. */
export function endOf(ruleText: string): RecurrenceEnd {
  const { count, until } = readRecurrenceRule(ruleText)
  if (count !== null) return { kind: 'after', count }
  return until ? { kind: 'on', date: until.value.slice(0, 10) } : { kind: 'never' }
}

/** The same rule with another end. Throws RecurrenceRuleError. */
export function withEnd(ruleText: string, end: RecurrenceEnd): string {
  return formatRecurrenceRule({
    ...readRecurrenceRule(ruleText),
    count: end.kind === 'after' ? end.count : null,
    until: end.kind === 'on' ? { kind: 'date', value: end.date } : null,
  })
}

/** The same rule, going on for ever. Throws RecurrenceRuleError. */
export function withoutEnd(ruleText: string): string {
  return withEnd(ruleText, { kind: 'never' })
}

/**
 * Whether one plan is the other but for where it ends, and for the days beside its rule: the same series then. Equal
 * ones are. Throws RecurrenceRuleError.
 */
export function endsOtherwise(plan: Recurrence, other: Recurrence): boolean {
  const without = ({ rule, anchor, start, exceptions }: Recurrence) =>
    JSON.stringify([withoutEnd(rule), anchor, start, exceptions])
  return without(plan) === without(other)
}
