import { ALL_DAY_REMINDER_TIME, isByTheClock, minutesEarlier } from '@todo/model/minutes-before'
import type { Due, Reminder, Task } from '@todo/model/task'
import { instantOf } from '../dates/due-here.ts'

const MINUTE_MS = 60_000

export interface ShownReminder {
  reminder: Reminder
  /** It has come, and does not come again. */
  isOver: boolean
  /** How many others the task has. */
  more: number
}

interface Clock {
  now: number
  timeZone: string
}

/** The first reminder of a task that is still to come; when all have come, the first. */
export function shownReminder({ reminders, due }: Pick<Task, 'reminders' | 'due'>, clock: Clock): ShownReminder | null {
  const [first] = reminders
  if (!first) return null
  const coming = reminders.find((reminder) => !isOver(reminder, due, clock))
  return { reminder: coming ?? first, isOver: coming === undefined, more: reminders.length - 1 }
}

/** One that goes on until the task is done is not over. */
function isOver(reminder: Reminder, due: Due | null, { now, timeZone }: Clock): boolean {
  if (reminder.repeatMinutes !== undefined) return false
  if (reminder.kind === 'absolute') return Date.parse(reminder.at) <= now
  if (!due) return false
  return ringAt(reminder.minutesBefore, due, timeZone) <= now
}

/** As `reminderInstant` of the model, whose zones are no part of the first load. */
function ringAt(minutesBefore: number, due: Due, personZone: string): number {
  const local = `${due.date}T${due.time ?? ALL_DAY_REMINDER_TIME}:00`
  const timeZone = (due.time && due.timeZone) || personZone
  if (isByTheClock(minutesBefore, due)) return instantOf(minutesEarlier(local, minutesBefore), timeZone)
  return instantOf(local, timeZone) - minutesBefore * MINUTE_MS
}
