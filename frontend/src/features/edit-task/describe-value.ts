import type { List } from '@todo/model/list'
import type { Due, Priority, Recurrence, Reminder, Subtask } from '@todo/model/task'
import type { DueContext } from '../dates/due-phrase.ts'
import { formatDay, formatInstant, formatTime } from '../dates/describe-date.ts'
import { describeRecurrence } from '../recurrence/describe-recurrence.ts'
import { describeMinutesBefore, withRepeat } from '../reminders/reminder-words.ts'
import { PRIORITY_NAMES } from '../tasks/priority.ts'

interface Context {
  lists: readonly Pick<List, 'id' | 'name'>[]
  clock: Pick<DueContext, 'timeZone' | 'locale'>
}

const SHORT = 80

/** The value of a task's field in words, as a history or a conflict tells it. */
export function describeValue(field: string, value: unknown, { lists, clock }: Context): string {
  if (value === null || value === undefined || value === '') return 'none'
  switch (field) {
    case 'priority':
      return PRIORITY_NAMES[value as Priority]
    case 'listId':
      return lists.find((list) => list.id === value)?.name ?? 'another list'
    case 'due':
      return describeWholeDue(value as Due, clock.locale)
    case 'recurrence':
      return describeRecurrence(value as Recurrence, clock.timeZone)
    case 'tags':
      return (value as string[]).map((tag) => `#${tag}`).join(' ') || 'none'
    case 'reminders':
      return (value as Reminder[]).map((reminder) => describeReminder(reminder, clock)).join(', ') || 'none'
    case 'subtasks':
      return describeSubtasks(value as Subtask[])
    default:
      return shorten(typeof value === 'string' ? value : JSON.stringify(value))
  }
}

export function describeWholeDue(due: Due, locale: string): string {
  const day = formatDay(due.date, locale, { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' })
  return due.time ? `${day}, ${formatTime(due.time, locale)}` : day
}

/** `1 h before, every 10 min until done`. */
export function describeReminder(reminder: Reminder, clock: Context['clock']): string {
  return withRepeat(describeReminderTime(reminder, clock), reminder)
}

export function describeReminderTime(reminder: Reminder, clock: Context['clock']): string {
  if (reminder.kind === 'relative') return describeMinutesBefore(reminder.minutesBefore)
  return formatInstant(reminder.at, clock.timeZone, clock.locale, { dateStyle: 'medium', timeStyle: 'short' })
}

function describeSubtasks(subtasks: readonly Subtask[]): string {
  const done = subtasks.filter((subtask) => subtask.completedAt).length
  return subtasks.length === 0
    ? 'none'
    : `${done} of ${subtasks.length} done: ${shorten(subtasks.map(({ title }) => title).join(', '))}`
}

function shorten(text: string): string {
  return text.length > SHORT ? `${text.slice(0, SHORT - 1)}…` : text
}
