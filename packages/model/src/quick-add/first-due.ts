import { occurrences, assertRecurs } from '../recurrence.ts'
import { parseRecurrenceRule, RecurrenceRuleError } from '../recurrence-rule.ts'
import type { Due, Recurrence } from '../task.ts'
import { daysAfter, isPast, type Clock } from './clock.ts'
import type { DuePhrase } from './due-phrases.ts'
import { lastDayOf, type RepeatPhrase } from './repeat-phrases.ts'
import { ruleOf, ruleText } from './repeat-rules.ts'

const NO_END = { count: null, until: null }

export interface Planned {
  due: Due
  recurrence: Recurrence | null
}

function dueOn(date: string, time: string | null, { timeZone }: Clock): Due {
  return { date, time, timeZone: time === null ? null : timeZone }
}

/** When a task is due that does not repeat. A time alone is the next one, as is a day of the week. */
export function dueOnce(day: DuePhrase | null, time: string | null, clock: Clock): Due | null {
  if (!day?.date && time === null) return null
  const date = day?.date ?? clock.today
  const rolls = !day?.date ? 1 : day.isWeekday ? 7 : 0
  const isOver = time !== null && date === clock.today && isPast(date, time, clock)
  return dueOn(isOver ? daysAfter(date, rolls) : date, time, clock)
}

/**
 * The first occurrence on or after today, or after now where its time of today is past; with a day, that one, and null
 * where it is none of the series. Null too for a rule that the API would refuse.
 */
export function dueFirst(phrase: RepeatPhrase, day: string | null, time: string | null, clock: Clock): Planned | null {
  if (phrase.count !== null && (phrase.until !== null || phrase.duration)) return null
  const { anchor, repeat, notBefore } = phrase
  const earliest = notBefore ?? day ?? clock.today
  const isOver = time !== null && earliest === clock.today && isPast(earliest, time, clock)
  const start = isOver ? daysAfter(earliest, 1) : earliest
  const rule = ruleOf(repeat, { start, anchor, weekStart: clock.weekStart })
  return unlessRefused(() => {
    parseRecurrenceRule(ruleText(rule, NO_END))
    // Every other Tuesday begins with the next one, whichever week this is.
    const days = ruleText({ ...rule, interval: 1 }, NO_END)
    const [first] = occurrences({ rule: days, start, timeZone: clock.timeZone, count: 1 })
    if (!first || (day !== null && first.local !== day)) return null
    const until = lastDayOf(phrase, first.local)
    const due = dueOn(first.local, time, clock)
    const moment = time === null ? first.local : `${first.local}T${time}:00`
    const recurrence = {
      rule: ruleText(rule, { count: phrase.count, until }),
      anchor,
      start: moment,
      exceptions: [],
      additions: [],
    }
    assertRecurs({ ...recurrence, timeZone: clock.timeZone })
    return { due, recurrence }
  })
}

function unlessRefused<T>(work: () => T | null): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof RecurrenceRuleError) return null
    throw error
  }
}
