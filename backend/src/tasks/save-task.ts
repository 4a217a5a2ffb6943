import { isDeepStrictEqual } from 'node:util'
import type { Task } from '@todo/model/task'
import type { Ctx } from '../context.ts'
import { changesBetween, fieldVersions } from './changes.ts'
import type { Changes } from './changes.ts'
import { updateTaskRow } from './repo.ts'

export interface SavedTask {
  before: Task
  after: Task
  changes: Changes
}

/** Writes what is different in a locked task, as its next version; null when nothing is. */
export function saveTask(ctx: Ctx, before: Task, patch: Partial<Task>): SavedTask | null {
  const changed = { ...before, ...patch }
  const changes = changesBetween(before, changed)
  if (Object.keys(changes).length === 0) {
    // What the next occurrence is to have is no change of this one.
    if (!isDeepStrictEqual(before.following, changed.following)) ctx.sendAlong(() => updateTaskRow(ctx.tx, changed, {}))
    return null
  }
  const after = { ...changed, version: before.version + 1, updatedAt: ctx.now().toISOString() }
  const fields = fieldVersions(changes, after.version, ctx.origin.clientId)
  ctx.sendAlong(() => updateTaskRow(ctx.tx, after, fields))
  return { before, after, changes }
}
