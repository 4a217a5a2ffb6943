import { isDeepStrictEqual } from 'node:util'
import type { Task } from '@todo/model/task'
import type { FieldVersions } from '../tables.ts'

export type Changes = Record<string, [unknown, unknown]>

/** Bookkeeping, not what a person would call a change. */
const NOT_SHOWN = new Set(['version', 'updatedAt', 'createdAt', 'dueAt', 'following'])

/** Which fields differ: field → [before, after]. For a new task, all that is set. */
export function changesBetween(before: Task | null, after: Task): Changes {
  const changes: Changes = {}
  for (const [field, value] of Object.entries(after)) {
    const old = before ? before[field as keyof Task] : null
    if (!NOT_SHOWN.has(field) && field !== 'id' && !isDeepStrictEqual(old, value)) changes[field] = [old, value]
  }
  return changes
}

/** Fields that a later copy of a client merges together: last writer per group. */
const GROUPS: Record<string, string> = {
  title: 'title',
  notes: 'notes',
  priority: 'priority',
  tags: 'tags',
  due: 'schedule',
  recurrence: 'schedule',
  seriesId: 'schedule',
  occurrenceAt: 'schedule',
  occurrenceNumber: 'schedule',
  missedOccurrences: 'schedule',
  skipped: 'state',
  reminders: 'reminders',
  subtasks: 'subtasks',
  listId: 'place',
  rank: 'place',
  completedAt: 'state',
  deletedAt: 'state',
}

/** The groups that these changes touch, each with the version and client that last did. */
export function fieldVersions(changes: Changes, version: number, clientId: string | null): FieldVersions {
  return Object.fromEntries(Object.keys(changes).map((field) => [GROUPS[field] ?? field, [version, clientId]]))
}
