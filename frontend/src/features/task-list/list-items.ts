import type { Task } from '@todo/model/task'
import { addDays, daysBetween } from '../dates/calendar-day.ts'
import { describeDayHeader } from '../dates/describe-date.ts'
import { dueHere } from '../dates/due-here.ts'
import { type DueContext, isOverdue } from '../dates/due-phrase.ts'

export type ListItem =
  | { kind: 'header'; key: string; name: string; note?: string; count: number; isLate?: boolean }
  | {
      kind: 'task'
      key: string
      task: Task
      section: 'main' | 'completed'
      /** The day that its header says. */ day?: string
    }
  | { kind: 'completed-toggle'; key: string; count: number; hasMore: boolean; isShown: boolean }
  | { kind: 'more'; key: string; section: 'main' | 'completed' }

export type Grouping = 'none' | 'overdue-today' | 'day' | 'period'

interface Group {
  key: string
  name: string
  note?: string
  isLate?: boolean
  /** Where all of it is due on one day. */
  day?: string
}

/** Cuts tasks that are sorted by due date into groups with headers; the order of the tasks is not touched. */
export function groupTasks(tasks: readonly Task[], grouping: Grouping, context: DueContext): ListItem[] {
  if (grouping === 'none') return tasks.map(taskItem)
  const items: ListItem[] = []
  let header: Extract<ListItem, { kind: 'header' }> | null = null
  for (const task of tasks) {
    const group = groupOf(task, grouping, context)
    if (header?.key !== group.key) {
      const { day: _day, ...titled } = group
      header = { kind: 'header', ...titled, count: 0 }
      items.push(header)
    }
    header.count += 1
    items.push({ ...taskItem(task), ...(group.day && { day: group.day }) })
  }
  return items
}

const taskItem = (task: Task) => ({ kind: 'task', key: task.id, task, section: 'main' }) as const

function groupOf({ due }: Task, grouping: Grouping, clock: DueContext): Group {
  if (!due) return { key: 'no-date', name: 'No due date' }
  if (isOverdue(due, clock)) return { key: 'overdue', name: 'Overdue', isLate: true }
  const { today, locale, timeZone } = clock
  const { date } = dueHere(due, timeZone)
  if (grouping === 'day') return dayGroup(date, today, locale)
  return periodGroup(date, today, locale)
}

function dayGroup(day: string, today: string, locale: string): Group {
  const { name, date } = describeDayHeader(day, today, locale)
  return { key: day, name, note: date, day }
}

function periodGroup(day: string, today: string, locale: string): Group {
  const distance = daysBetween(today, day)
  if (distance <= 1) return { key: day, name: describeDayHeader(day, today, locale).name, day }
  if (day <= addDays(today, 6)) return { key: 'week', name: 'Next 7 days' }
  return { key: 'later', name: 'Later' }
}
