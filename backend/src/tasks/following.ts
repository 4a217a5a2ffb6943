import { isDeepStrictEqual } from 'node:util'
import { HANDED_ON } from '@todo/model/handed-on'
import { LIMITS } from '@todo/model/task'
import type { ChangeScope, Subtask, Task } from '@todo/model/task'

type Following = NonNullable<Task['following']>

/**
 * What the next occurrence is to have instead of what this one has after a change. A change of this one alone leaves
 * the next one what was there before; any other is for both. Of subtasks that is what comes, goes or is renamed.
 */
export function followingAfter(task: Task, merged: Partial<Task>, scope: ChangeScope | undefined): Task['following'] {
  const recurs = (merged.recurrence === undefined ? task.recurrence : merged.recurrence) !== null
  if (!recurs) return null
  const changed = HANDED_ON.filter((field) => field in merged && !isDeepStrictEqual(merged[field], task[field]))
  const others = Object.entries(task.following ?? {}).filter(([field]) => !changed.includes(field as never))
  if (scope === 'this') return orNull({ ...pick(task, changed), ...task.following })
  const subtasks = merged.subtasks && followingWithSubtasks(task, merged.subtasks)?.subtasks
  return orNull({ ...Object.fromEntries(others), ...(subtasks && { subtasks }) })
}

function pick(task: Task, fields: readonly (typeof HANDED_ON)[number][]): Following {
  return Object.fromEntries(fields.map((field) => [field, task[field]]))
}

const orNull = (following: Following): Following | null => (Object.keys(following).length > 0 ? following : null)

/** Where the next occurrence has a checklist of its own, it gets what is added, renamed and deleted here, too. */
export function followingWithSubtasks({ following, subtasks }: Task, after: Subtask[]): Task['following'] {
  if (!following?.subtasks) return following
  const [before, now] = [titlesOf(subtasks), titlesOf(after)]
  const kept = following.subtasks.flatMap((subtask) => {
    const title = now.get(subtask.id)
    if (title === before.get(subtask.id)) return [subtask]
    return title === undefined ? [] : [{ ...subtask, title }]
  })
  const added = after.filter(({ id }) => !before.has(id) && !kept.some((subtask) => subtask.id === id))
  return { ...following, subtasks: [...kept, ...added].slice(0, LIMITS.subtasks) }
}

const titlesOf = (subtasks: Subtask[]) => new Map(subtasks.map(({ id, title }) => [id, title]))
