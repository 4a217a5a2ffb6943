import { dateText, dayNumberOf } from './civil-days.ts'
import { formatRecurrenceRule, readRecurrenceRule, type RuleUntil } from './recurrence-rule.ts'
import type { Recurrence } from './task.ts'
import { dayIn, wallClock } from './wall-clock.ts'

/** When a series is over: never, after a day, or after so many occurrences. */
export type RecurrenceEnd = { kind: 'never' } | { kind: 'on'; date: string } | { kind: 'after'; count: number }

/**
 * The end that a rule names; of one at a time of day the last day on which there may be an occurrence, in the zone of
 * the series. Throws RecurrenceRuleError.
 */
export function endOf({ rule, start }: Pick<Recurrence, 'rule' | 'start'>, timeZone: string): RecurrenceEnd {
  const { count, until } = readRecurrenceRule(rule)
  if (count !== null) return { kind: 'after', count }
  return until ? { kind: 'on', date: lastDay(until, start, timeZone) } : { kind: 'never' }
}

/**
 * The last day on which a series may have an occurrence, in its zone: of what begins later than UNTIL on that day, the
 * day before.
 */
export function lastDay({ kind, value }: RuleUntil, start: string, timeZone: string): string {
  if (kind !== 'instant') return lastDayUntil(value, start)
  return start.length > 10 ? lastDayUntil(wallClock(new Date(value), timeZone), start) : lastDateOf(value, timeZone)
}

/** The same of an end on the wall clock of the series: one that is a day, or of a series of days, is that day. */
export function lastDayUntil(end: string, start: string): string {
  const [time, startTime] = [end.slice(11), start.slice(11)]
  const isCut = time !== '' && time.slice(0, startTime.length) < startTime
  return isCut ? dateText(dayNumberOf(end) - 1) : end.slice(0, 10)
}

/**
 * The last day of a series of days whose end is an instant, which RFC 5545 does not foresee and programs write: some as
 * the day in UTC, from its first second or to its last, some as the end of the day where the person is.
 */
export function lastDateOf(until: string, timeZone: string): string {
  const [date = '', time = ''] = until.split('T')
  return time === '00:00:00Z' || time === '23:59:59Z' ? date : dayIn(new Date(until), timeZone)
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
