import type { Task } from '@todo/model/task'
import { Chunk } from '../../ui/chunk.ts'
import { dueKey } from '../dates/due-here.ts'
import { PRIORITY_WEIGHT, type TaskListQuery } from '../../api/task-list-query.ts'

type Compare = (a: Task, b: Task) => number

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byId: Compare = (a, b) => byText(a.id, b.id)

/** How the server sorts titles: a table of letters, which is fetched with the first list that is sorted by them. */
export const titleRules = new Chunk(() => import('@todo/model/plain-text'))

/** Without accents and letter case, then by code points: as the server's index has it. */
function byTitle(a: Task, b: Task): number {
  const rules = titleRules.value()
  if (!rules) return byText(a.title.toLowerCase(), b.title.toLowerCase())
  return rules.byCodePoints(rules.plainText(a.title), rules.plainText(b.title))
}

const byDue = (a: Task, b: Task, timeZone: string) => byText(dueKey(a.due, timeZone), dueKey(b.due, timeZone))

type CompareIn = (a: Task, b: Task, timeZone: string) => number

/** Ascending, down to the last tie, as the server's keyset order is. */
const COMPARE: Readonly<Record<NonNullable<TaskListQuery['sort']>, CompareIn>> = {
  due: (a, b, zone) => byDue(a, b, zone) || byId(a, b),
  // High first is the natural way round: then what is due first comes first within a priority.
  priority: (a, b, zone) =>
    PRIORITY_WEIGHT[a.priority] - PRIORITY_WEIGHT[b.priority] || byDue(b, a, zone) || byId(b, a),
  created: (a, b) => byText(a.createdAt, b.createdAt) || byId(a, b),
  title: (a, b) => byTitle(a, b) || byId(a, b),
  manual: (a, b) => byText(a.rank, b.rank) || byId(a, b),
  completed: (a, b) => byText(a.completedAt ?? '', b.completedAt ?? '') || byId(a, b),
}

/** The order in which the server answers a list of tasks; null for best match first, which only the server knows. */
export function taskOrder(query: TaskListQuery, timeZone: string): Compare | null {
  if (query.sort === undefined) return null
  const compare = COMPARE[query.sort]
  const direction = query.order === 'desc' ? -1 : 1
  const undatedLast = query.sort === 'due'
  return (a, b) => {
    if (undatedLast && (a.due === null) !== (b.due === null)) return a.due === null ? 1 : -1
    return direction * compare(a, b, timeZone)
  }
}
