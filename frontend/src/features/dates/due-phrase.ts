import type { Due } from '@todo/model/task'
import { wallClock } from '@todo/model/wall-clock'
import { daysBetween } from './calendar-day.ts'
import { describeDay, formatTime } from './describe-date.ts'
import { dueHere } from './due-here.ts'

export interface DueContext {
  now: number
  today: string
  timeZone: string
  locale: string
}

export interface DuePhrase {
  text: string
  isOverdue: boolean
  isToday: boolean
}

/**
 * Whether its time has passed on the wall of its own zone; a day without a time is overdue from the next midnight.
 * The same promise as `isOverdue` of the model, without carrying Temporal into the first load.
 */
export function isOverdue(due: Due, { now, today, timeZone }: Omit<DueContext, 'locale'>): boolean {
  if (!due.time) return due.date < today
  return `${due.date}T${due.time}:00` < wallClock(now, due.timeZone ?? timeZone)
}

/** When a task is due here, as short as it can be said: `Tomorrow 09:00`, `Fri 20 Nov 17:00, 3 days late`. */
export function describeDue(
  due: Due,
  context: DueContext,
  options: { timeOnly?: boolean; isDone?: boolean } = {},
): DuePhrase {
  const { today, locale, timeZone } = context
  const overdue = !options.isDone && isOverdue(due, context)
  const here = dueHere(due, timeZone)
  const time = here.time && formatTime(here.time, locale) + asEntered(due, timeZone, locale)
  const isToday = here.date === today
  const day = options.timeOnly && time ? '' : describeDay(here.date, today, locale)
  const daysLate = daysBetween(here.date, today)
  const late = overdue && daysLate > 1 ? `, ${daysLate} days late` : ''
  return { text: [day, time].filter(Boolean).join(' ') + late, isOverdue: overdue, isToday }
}

/** What was entered, and in which city, where that is in another zone than the person's. */
function asEntered(due: Due, personZone: string, locale: string): string {
  if (!due.time || !due.timeZone || due.timeZone === personZone) return ''
  return ` (${formatTime(due.time, locale)} ${zoneCity(due.timeZone)})`
}

/** `America/New_York` → `New York`. */
function zoneCity(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}
