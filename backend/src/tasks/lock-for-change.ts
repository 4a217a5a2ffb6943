import type { Task } from '@todo/model/task'
import { AppError } from '@todo/platform/errors'
import { writableList } from '../access.ts'
import type { Access } from '../access.ts'
import { checkVersion } from '../check-version.ts'
import type { Ctx } from '../context.ts'
import { lockTask } from './repo.ts'

export interface OnTask {
  access: Access
  taskId: string
  /** The version that the person saw; left out: whatever it is. */
  ifVersion?: number | undefined
}

/** A task that this person may change, as it is now, and theirs alone until the end of the transaction. */
export async function lockForChange({ tx }: Ctx, { access, taskId, ifVersion }: OnTask): Promise<Task> {
  const task = await lockTask(tx, access, taskId)
  writableList(access, task.listId)
  checkVersion(task, ifVersion)
  return task
}

export function refuseDeleted(task: Task): void {
  if (task.deletedAt) throw new AppError('conflict', 'This task is in the bin: restore it first.', { current: task })
}
