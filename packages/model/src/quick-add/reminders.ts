import { PAST_REMINDER_LIMIT_MS, reminderInstant, zonedInstant } from '../due.ts'
import { ALL_DAY_REMINDER_TIME } from '../minutes-before.ts'
import { LIMITS } from '../limits.ts'
import { daysAfter, isPast, type Clock } from './clock.ts'
import type { Planned } from './first-due.ts'
import type { QuickReminder } from './quick-add.ts'
import type { ReminderPhrase } from './reminder-phrases.ts'

/** The reminders of a phrase for a task; null where the API would refuse one, or there is nothing to count back from. */
export function remindersOf(
  { minutesBefore, moment, repeatMinutes }: ReminderPhrase,
  planned: Planned | null,
  clock: Clock,
): QuickReminder[] | null {
  const reminders = moment
    ? [reminderAt(moment, planned, clock)]
    : minutesBefore.map((minutes) => ({ kind: 'relative' as const, minutesBefore: minutes }))
  const oldest = clock.now.getTime() - PAST_REMINDER_LIMIT_MS
  const stands = (reminder: QuickReminder | null) => {
    const at = reminder && reminderInstant(reminder, planned?.due ?? null, clock.timeZone)
    return at !== null && Date.parse(at) >= oldest
  }
  if (!reminders.every(stands)) return null
  return (reminders as QuickReminder[]).map((each) => (repeatMinutes === null ? each : { ...each, repeatMinutes }))
}

/** `remind at 8am` is at eight on the day of the task, and moves with it. */
function reminderAt(
  { date, time }: NonNullable<ReminderPhrase['moment']>,
  planned: Planned | null,
  clock: Clock,
): QuickReminder | null {
  if (date !== null || !planned) {
    const at = time ?? ALL_DAY_REMINDER_TIME
    const day = date ?? (isPast(clock.today, at, clock) ? daysAfter(clock.today, 1) : clock.today)
    return isPast(day, at, clock) ? null : absolute(day, at, clock)
  }
  const { due, recurrence } = planned
  const minutesBefore = minutesOf(due.time ?? ALL_DAY_REMINDER_TIME) - minutesOf(time!)
  const relative = { kind: 'relative' as const, minutesBefore }
  const once = absolute(due.date, time!, clock)
  if (minutesBefore < 0) return recurrence || isPast(due.date, time!, clock) ? null : once
  // Where the clock is changed between the two, the distance is another than on every other day.
  return recurrence || reminderInstant(relative, due, clock.timeZone) === once.at ? relative : once
}

function absolute(date: string, time: string, { timeZone }: Clock) {
  return { kind: 'absolute' as const, at: zonedInstant(`${date}T${time}`, timeZone) }
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** Without repeats, and no more than a task may have. */
export function addReminders(all: readonly QuickReminder[], more: readonly QuickReminder[]): QuickReminder[] | null {
  const known = new Map([...all, ...more].map((reminder) => [JSON.stringify(reminder), reminder]))
  return known.size > LIMITS.reminders ? null : [...known.values()]
}
