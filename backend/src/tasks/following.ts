import { isDeepStrictEqual } from 'node:util'
import { HANDED_ON } from '@todo/model/handed-on'
import type { ChangeScope, Task } from '@todo/model/task'

type Following = NonNullable<Task['following']>

/**
 * What the next occurrence is to have instead of what this one has after a change. A change of this one alone leaves
 * the next one what was there before; any other is for both.
 */
export function followingAfter(task: Task, merged: Partial<Task>, scope: ChangeScope | undefined): Task['following'] {
  const recurs = (merged.recurrence === undefined ? task.recurrence : merged.recurrence) !== null
  if (!recurs) return null
  const changed = HANDED_ON.filter((field) => field in merged && !isDeepStrictEqual(merged[field], task[field]))
  const others = Object.entries(task.following ?? {}).filter(([field]) => !changed.includes(field as never))
  const kept = scope === 'this' ? { ...pick(task, changed), ...task.following } : Object.fromEntries(others)
  return Object.keys(kept).length > 0 ? kept : null
}

function pick(task: Task, fields: readonly (typeof HANDED_ON)[number][]): Following {
  return Object.fromEntries(fields.map((field) => [field, task[field]]))
}
