import type { Task } from '@todo/model/task'
import { PRIORITY_WEIGHT, type TaskListQuery } from '../../api/task-list-query.ts'

type Compare = (a: Task, b: Task) => number

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A day without a time comes after the timed ones of that day. */
const dueKey = (task: Task): string => (task.due ? `${task.due.date}T${task.due.time ?? '99:99'}` : '')

const titles = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

const COMPARE: Readonly<Record<NonNullable<TaskListQuery['sort']>, Compare>> = {
  due: (a, b) => byText(dueKey(a), dueKey(b)),
  priority: (a, b) => PRIORITY_WEIGHT[a.priority] - PRIORITY_WEIGHT[b.priority],
  created: (a, b) => byText(a.createdAt, b.createdAt),
  title: (a, b) => titles.compare(a.title, b.title),
  manual: (a, b) => byText(a.rank, b.rank),
  completed: (a, b) => byText(a.completedAt ?? '', b.completedAt ?? ''),
}

/** The order in which the server answers a list of tasks; null for best match first, which only the server knows. */
export function taskOrder(query: TaskListQuery): Compare | null {
  if (query.sort === undefined) return null
  const compare = COMPARE[query.sort]
  const direction = query.order === 'desc' ? -1 : 1
  const undatedLast = query.sort === 'due'
  return (a, b) => {
    if (undatedLast && (a.due === null) !== (b.due === null)) return a.due === null ? 1 : -1
    return direction * (compare(a, b) || byText(a.id, b.id))
  }
}
