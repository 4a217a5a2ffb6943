import type { Task } from '@todo/model/task'
import type { Person } from '../profile/repo.ts'

const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const

/**
 * When a task is due, in the person's zone and manner: `Due Tue, 1 Dec 2026, 09:00`; empty for one without a due date.
 * The day in full, since it may be read on another one.
 */
export function dueWords(
  { due, dueAt }: Pick<Task, 'due' | 'dueAt'>,
  person: Pick<Person, 'timeZone' | 'locale'>,
): string {
  const { timeZone, locale } = person
  if (dueAt) {
    const format = new Intl.DateTimeFormat(locale, { ...DAY, hour: '2-digit', minute: '2-digit', timeZone })
    return `Due ${format.format(new Date(dueAt))}`
  }
  if (!due) return ''
  // A day alone is the same day everywhere.
  return `Due ${new Intl.DateTimeFormat(locale, { ...DAY, timeZone: 'UTC' }).format(new Date(`${due.date}T00:00Z`))}`
}
