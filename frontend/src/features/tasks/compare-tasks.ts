import type { Task } from '@todo/model/task'
import { PRIORITY_WEIGHT, type TaskListQuery } from '../../api/task-list-query.ts'

type Compare = (a: Task, b: Task) => number

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byId: Compare = (a, b) => byText(a.id, b.id)

/** A day without a time comes after the timed ones of that day, a task without a day after all. */
const dueKey = ({ due }: Task): string => (due ? `${due.date}T${due.time ?? '99:99'}` : '~')
const byDue: Compare = (a, b) => byText(dueKey(a), dueKey(b))

/** Without accents and letter case, then by code points: as the server's index has it. */
const titleKey = ({ title }: Task): string => title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** Ascending, down to the last tie, as the server's keyset order is. */
const COMPARE: Readonly<Record<NonNullable<TaskListQuery['sort']>, Compare>> = {
  due: (a, b) => byDue(a, b) || byId(a, b),
  // High first is the natural way round: then what is due first comes first within a priority.
  priority: (a, b) => PRIORITY_WEIGHT[a.priority] - PRIORITY_WEIGHT[b.priority] || byDue(b, a) || byId(b, a),
  created: (a, b) => byText(a.createdAt, b.createdAt) || byId(a, b),
  title: (a, b) => byText(titleKey(a), titleKey(b)) || byId(a, b),
  manual: (a, b) => byText(a.rank, b.rank) || byId(a, b),
  completed: (a, b) => byText(a.completedAt ?? '', b.completedAt ?? '') || byId(a, b),
}

/** The order in which the server answers a list of tasks; null for best match first, which only the server knows. */
export function taskOrder(query: TaskListQuery): Compare | null {
  if (query.sort === undefined) return null
  const compare = COMPARE[query.sort]
  const direction = query.order === 'desc' ? -1 : 1
  const undatedLast = query.sort === 'due'
  return (a, b) => {
    if (undatedLast && (a.due === null) !== (b.due === null)) return a.due === null ? 1 : -1
    return direction * compare(a, b)
  }
}
