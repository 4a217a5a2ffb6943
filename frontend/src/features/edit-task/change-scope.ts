import { HANDED_ON } from '@todo/model/handed-on'
import type { ChangeScope, Task } from '@todo/model/task'
import { movesSeries } from '../recurrence/due-patch.ts'
import type { DraftField } from './task-draft.ts'

/** What of an occurrence the next ones take over, or what moves them. */
const OF_SERIES = new Set<DraftField>([...HANDED_ON, 'due'])

/**
 * Whether a change of these fields can be for one occurrence only, and what it is for when nothing was chosen. Undefined:
 * the server's own mind, a due date for this one and all else for those that follow too.
 */
export function scopeOf(
  task: Task,
  changed: readonly DraftField[],
  chosen: ChangeScope | null,
): { isOffered: boolean; scope: ChangeScope | undefined } {
  const touched = changed.filter((field) => OF_SERIES.has(field))
  const isOffered =
    task.recurrence !== null && !task.completedAt && touched.length > 0 && !changed.includes('recurrence')
  if (!isOffered) return { isOffered, scope: undefined }
  return { isOffered, scope: chosen ?? meantScope(task, touched) }
}

function meantScope(task: Task, touched: readonly DraftField[]): ChangeScope | undefined {
  if (!touched.includes('due') || movesSeries(task)) return 'following'
  return touched.length === 1 ? 'this' : undefined
}
