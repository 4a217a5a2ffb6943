import { v7 as uuidv7 } from 'uuid'
import { LIMITS } from '@todo/model/task'
import type { Subtask, Task } from '@todo/model/task'
import { AppError, notFound } from '@todo/platform/errors'
import type { Ctx } from '../context.ts'
import { followingWithSubtasks } from '../tasks/following.ts'
import { lockForChange, refuseDeleted } from '../tasks/lock-for-change.ts'
import type { OnTask } from '../tasks/lock-for-change.ts'
import { saveTask } from '../tasks/save-task.ts'
import { announceUpdate } from '../tasks/announce.ts'

interface NewSubtask {
  id?: string | undefined
  title: string
  /** Open when left out. */
  completedAt?: string | null
}

/** Sent again with the same id, it is there once. @throws 409 when there is another one with it */
export async function addSubtask(ctx: Ctx, { input, ...target }: OnTask & { input: NewSubtask }): Promise<Task> {
  return changeSubtasks(ctx, target, (subtasks) => {
    const same = subtasks.find((subtask) => subtask.id === input.id)
    if (same && same.title !== input.title) {
      const detail = `There is the subtask “${same.title}” with this id: send a new id, or PATCH that subtask.`
      throw new AppError('conflict', detail)
    }
    if (same) return subtasks
    if (subtasks.length >= LIMITS.subtasks) {
      throw new AppError('conflict', `A task has at most ${LIMITS.subtasks} subtasks: make another task of the rest.`)
    }
    const { id = uuidv7(), title, completedAt = null } = input
    return [...subtasks, { id, title, completedAt }]
  })
}

interface OnSubtask extends OnTask {
  subtaskId: string
}

export async function updateSubtask(
  ctx: Ctx,
  {
    subtaskId,
    patch,
    ...target
  }: OnSubtask & { patch: { title?: string | undefined; completed?: boolean | undefined } },
): Promise<Task> {
  return changeSubtasks(ctx, target, (subtasks) => {
    const index = indexOf(subtasks, subtaskId)
    return subtasks.with(index, patched(subtasks[index]!, patch, ctx.now()))
  })
}

function patched(
  subtask: Subtask,
  { title, completed }: { title?: string | undefined; completed?: boolean | undefined },
  now: Date,
): Subtask {
  const completedAt =
    completed === undefined ? subtask.completedAt : completed ? (subtask.completedAt ?? now.toISOString()) : null
  return { ...subtask, title: title ?? subtask.title, completedAt }
}

export async function deleteSubtask(ctx: Ctx, { subtaskId, ...target }: OnSubtask): Promise<Task> {
  return changeSubtasks(ctx, target, (subtasks) => subtasks.toSpliced(indexOf(subtasks, subtaskId), 1))
}

function indexOf(subtasks: Subtask[], id: string): number {
  const index = subtasks.findIndex((subtask) => subtask.id === id)
  if (index === -1) throw notFound('subtask')
  return index
}

async function changeSubtasks(ctx: Ctx, target: OnTask, change: (subtasks: Subtask[]) => Subtask[]): Promise<Task> {
  const task = await lockForChange(ctx, target)
  refuseDeleted(task)
  const subtasks = change(task.subtasks)
  const saved = saveTask(ctx, task, { subtasks, following: followingWithSubtasks(task, subtasks) })
  if (!saved) return task
  announceUpdate(ctx, target.access, saved)
  return saved.after
}
