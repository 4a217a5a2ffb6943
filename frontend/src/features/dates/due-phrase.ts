import type { Due } from '@todo/model/task'
import { daysBetween } from './calendar-day.ts'
import { describeDay, formatTime } from './describe-date.ts'
import { wallClock } from './zoned-now.ts'

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
export function isOverdue(due: Due, { now, today, timeZone }: DueContext): boolean {
  if (!due.time) return due.date < today
  return `${due.date}T${due.time}:00` < wallClock(now, due.timeZone ?? timeZone)
}

/** When a task is due, as short as it can be said: `Tomorrow 09:00`, `Fri 20 Nov 17:00, 3 days late`. */
export function describeDue(due: Due, context: DueContext, options: { timeOnly?: boolean } = {}): DuePhrase {
  const { today, locale, timeZone } = context
  const overdue = isOverdue(due, context)
  const time = due.time && formatTime(due.time, locale) + foreignZone(due, timeZone)
  const isToday = due.date === today
  const day = options.timeOnly && time ? '' : describeDay(due.date, today, locale)
  const daysLate = daysBetween(due.date, today)
  const late = overdue && daysLate > 1 ? `, ${daysLate} days late` : ''
  return { text: [day, time].filter(Boolean).join(' ') + late, isOverdue: overdue, isToday }
}

/** The city, where the time was entered in another zone than the person's. */
function foreignZone(due: Due, personZone: string): string {
  if (!due.timeZone || due.timeZone === personZone) return ''
  return ` ${zoneCity(due.timeZone)}`
}

/** `America/New_York` → `New York`. */
function zoneCity(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ')
}
