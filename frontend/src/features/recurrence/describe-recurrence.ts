import { describeRecurrence as inWords } from '@todo/model/recurrence-words'
import { RecurrenceRuleError } from '@todo/model/recurrence-rule'
import type { Recurrence } from '@todo/model/task'

/** A rule in words, without the time of day, which stands beside it. @param timeZone of the series */
export function describeRecurrence(
  { rule, start, anchor }: Pick<Recurrence, 'rule' | 'start' | 'anchor'>,
  timeZone: string,
): string {
  try {
    return inWords(rule, { start, anchor, timeZone, withTime: false })
  } catch (error) {
    // A rule that another program wrote and that we cannot read is still shown, as it is.
    if (error instanceof RecurrenceRuleError) return rule
    throw error
  }
}
