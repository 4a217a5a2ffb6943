import { namesDays, readRecurrenceRule } from './recurrence-rule.ts'

/** Counted from completion: so long after it was done, whichever day that is. */
export interface Distance {
  unit: 'day' | 'week' | 'month' | 'year'
  interval: number
}

const FREQUENCIES = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const
const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' } as const

/** The rule that names no day, without an end. */
export function ruleOfDistance({ unit, interval }: Distance): string {
  return `FREQ=${FREQUENCIES[unit]}${interval > 1 ? `;INTERVAL=${interval}` : ''}`
}

/** What a rule is for a series that is counted from completion; null for one that names days. Throws RecurrenceRuleError. */
export function distanceOfRule(text: string): Distance | null {
  const rule = readRecurrenceRule(text)
  return namesDays(rule) ? null : { unit: UNITS[rule.frequency], interval: rule.interval }
}
