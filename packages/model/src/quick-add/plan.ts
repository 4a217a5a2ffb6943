import type { Clock } from './clock.ts'
import type { DuePhrase } from './due-phrases.ts'
import { dueFirst, dueOnce, type Planned } from './first-due.ts'
import type { QuickReminder } from './quick-add.ts'
import { addReminders, remindersOf } from './reminders.ts'
import type { ReminderPhrase } from './reminder-phrases.ts'
import type { RepeatPhrase } from './repeat-phrases.ts'

/** The phrases of a line, before it is known which of them agree. */
export interface Phrases {
  dues: DuePhrase[]
  repeats: RepeatPhrase[]
  reminders: ReminderPhrase[]
  /** Whether the line says that something repeats, and not without a doubt how. */
  hasUnreadRepeat: boolean
}

/** What the phrases that agree make together. */
export interface Plan {
  planned: Planned | null
  reminders: QuickReminder[]
  used: {
    dues: DuePhrase[]
    repeat: RepeatPhrase | null
    reminders: { phrase: ReminderPhrase; reminders: QuickReminder[] }[]
  }
}

/**
 * Of two days, two times or two rules that differ none is taken: nobody could tell which one is meant. Nor is any day
 * or time where a rule or a day with a time is in doubt: the time of “every second Tuesday at 9” is not tomorrow's.
 */
export function planOf(phrases: Phrases, clock: Clock): Plan {
  const isDoubtful = phrases.dues.some(({ doubt }) => doubt === 'moment')
  const dues = isDoubtful ? [] : phrases.dues.filter(({ doubt }) => doubt === null)
  const day = onlyOne(dues.filter(({ date }) => date !== null))
  // “Dinner 24.12. with Bob at 6pm” is not today's.
  const isOfNumbers = !day && phrases.dues.some(({ doubt }) => doubt === 'numbers')
  const clockTime = isOfNumbers ? null : onlyOne(dues.filter(({ date }) => date === null))
  return withReminders(choiceOf(phrases, { day, clockTime }, clock), phrases.reminders, clock)
}

function choiceOf(
  { dues, repeats, hasUnreadRepeat }: Phrases,
  { day, clockTime }: Record<'day' | 'clockTime', DuePhrase | null>,
  clock: Clock,
): Choice {
  const nothing = { planned: null, dues: [], repeat: null }
  const [repeat, ...others] = repeats
  if (hasUnreadRepeat || others.length > 0) return nothing
  if (!repeat) return planOnce(day, clockTime, clock)
  // “Jan 1 party every year” is not every year from today on.
  const namesOther = dues.some(({ doubt }) => doubt === 'day')
  if (namesOther && repeat.repeat.days === null && !day && repeat.notBefore === null) return nothing
  const together = planRepeat(repeat, day, clockTime, clock)
  // “Every 6th Friday” is not every 6th.
  if (together || day?.first === repeat.end) return together ?? nothing
  return planRepeat(repeat, null, clockTime, clock) ?? nothing
}

interface Choice {
  planned: Planned | null
  dues: DuePhrase[]
  repeat: RepeatPhrase | null
}

/** Phrases that say the same are as good as one. */
function onlyOne(phrases: DuePhrase[]): DuePhrase | null {
  const [first] = phrases
  const agree = phrases.every(({ date, time }) => date === first!.date && time === first!.time)
  return first && agree ? first : null
}

function planRepeat(
  repeat: RepeatPhrase,
  day: DuePhrase | null,
  clockTime: DuePhrase | null,
  clock: Clock,
): Choice | null {
  if (day && (repeat.notBefore !== null || (day.time !== null && repeat.time !== null))) return null
  const own = repeat.time ?? day?.time ?? null
  const planned = dueFirst(repeat, day?.date ?? null, own ?? clockTime?.time ?? null, clock)
  return planned && { planned, repeat, dues: [day, own === null ? clockTime : null].filter((due) => due !== null) }
}

function planOnce(day: DuePhrase | null, clockTime: DuePhrase | null, clock: Clock): Choice {
  const own = day?.time ?? null
  const due = dueOnce(day, own ?? clockTime?.time ?? null, clock)
  const dues = [day, own === null ? clockTime : null].filter((each) => each !== null)
  return { planned: due && { due, recurrence: null }, dues, repeat: null }
}

function withReminders({ planned, dues, repeat }: Choice, phrases: ReminderPhrase[], clock: Clock): Plan {
  let reminders: QuickReminder[] = []
  const used: Plan['used']['reminders'] = []
  for (const phrase of phrases) {
    const found = remindersOf(phrase, planned, clock)
    const all = found && addReminders(reminders, found)
    if (!all) continue
    reminders = all
    used.push({ phrase, reminders: found })
  }
  return { planned, reminders, used: { dues, repeat, reminders: used } }
}
