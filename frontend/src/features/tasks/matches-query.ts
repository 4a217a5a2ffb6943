import { dayIn } from '@todo/model/wall-clock'
import { tagKey } from '@todo/model/tag-key'
import type { Task } from '@todo/model/task'
import { type TaskListQuery, words } from '../../api/task-list-query.ts'
import { dueHere } from '../dates/due-here.ts'
import { isOverdue } from '../dates/due-phrase.ts'

/**
 * Whether a task belongs to a list of tasks, by the same rules as the server's. `unknown` where only the server
 * can tell: full-text search forgives accents and typing errors.
 */
export function matchesQuery(task: Task, query: TaskListQuery, timeZone: string): boolean | 'unknown' {
  const known =
    matchesState(task, query, timeZone) &&
    (query.listId === undefined || words(query.listId).includes(task.listId)) &&
    (query.priority === undefined || words(query.priority).includes(task.priority)) &&
    (query.recurring === undefined || (query.recurring === 'true') === (task.recurrence !== null)) &&
    matchesTags(task, query) &&
    matchesDue(task, query, timeZone)
  return known && query.q ? 'unknown' : known
}

function matchesState(task: Task, query: TaskListQuery, timeZone: string): boolean {
  if (query.state === 'deleted') return task.deletedAt !== null
  if (task.deletedAt !== null) return false
  if (query.completedFrom !== undefined) {
    if (task.completedAt === null || dayIn(Date.parse(task.completedAt), timeZone) < query.completedFrom) return false
  }
  return query.state === 'all' || (query.state === 'completed') === (task.completedAt !== null)
}

function matchesTags(task: Task, query: TaskListQuery): boolean {
  const own = new Set(task.tags.map(tagKey))
  const has = (tag: string) => own.has(tagKey(tag))
  if (query.tagsAny !== undefined && !words(query.tagsAny).some(has)) return false
  return query.tagsAll === undefined || words(query.tagsAll).every(has)
}

function matchesDue({ due }: Task, query: TaskListQuery, timeZone: string): boolean {
  if (query.hasDue !== undefined && (query.hasDue === 'true') !== (due !== null)) return false
  if (query.dueBefore !== undefined && (due === null || !isOverdue(due, clockNow(timeZone)))) return false
  const day = due && dueHere(due, timeZone).date
  if (query.dueFrom !== undefined && (day === null || day < query.dueFrom)) return false
  return query.dueTo === undefined || (day !== null && day <= query.dueTo)
}

function clockNow(timeZone: string) {
  const now = Date.now()
  return { now, today: dayIn(now, timeZone), timeZone }
}
