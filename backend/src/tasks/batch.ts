import { v7 as uuidv7 } from 'uuid'
import type { Task } from '@todo/model/task'
import type { TaskBatch } from '@todo/model/task-batch'
import { AppError, invalidField } from '@todo/platform/errors'
import { settled, writableList } from '../access.ts'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { heldZone } from '../profile/repo.ts'
import { announceUpdate } from './announce.ts'
import { lockForChange, refuseDeleted } from './lock-for-change.ts'
import type { OnTask } from './lock-for-change.ts'
import { ranksAfter } from './rank.ts'
import { lockTask, lockTasks, lockTiedAfter } from './repo.ts'
import { saveTask } from './save-task.ts'
import { completeTask, deleteTask, moveTask, reopenOccurrence, restoreTask, skipTask, updateTask } from './use-cases.ts'

const EACH = { complete: completeTask, skip: skipTask, delete: deleteTask, restore: restoreTask } as const

/** One change to many tasks: all of it or, when one refuses, nothing. Answers in the order of `ids`. */
export async function changeTasks(
  ctx: Ctx,
  { access: remembered, batch }: { access: Access; batch: TaskBatch },
): Promise<{ batchId: string; items: Task[] }> {
  const batchId = uuidv7()
  const batchCtx = { ...ctx, origin: { ...ctx.origin, batchId } }
  const ids = idsOf(batch)
  // Before the tasks, as whoever changes the zone does.
  if (batch.action === 'change' && batch.patches.some(({ patch }) => patch.due))
    ctx.sendAlong(() => heldZone(ctx.tx, remembered.userId))
  await lockTasks(ctx.tx, remembered, ids)
  const access = settled(remembered)
  if (batch.action === 'change')
    return { batchId, items: await patchTasks(batchCtx, { access, patches: batch.patches }) }
  if (batch.action === 'reorder')
    return { batchId, items: await reorderTasks(batchCtx, { access, ids, after: batch.after }) }
  if (batch.action === 'move') return { batchId, items: await moveTasks(batchCtx, { access, ...batch, ids }) }
  if (batch.action === 'reopen') return { batchId, items: await reopenTasks(batchCtx, { access, ids }) }
  const items: Task[] = []
  for (const taskId of ids) items.push(await EACH[batch.action](batchCtx, { access, taskId }))
  return { batchId, items }
}

/** @throws 400 for two patches of one task: which comes first would be a guess */
function idsOf(batch: TaskBatch): string[] {
  if (batch.action !== 'change') return [...new Set(batch.ids)]
  const ids = new Set(batch.patches.map(({ id }) => id))
  if (ids.size < batch.patches.length) throw invalidField('patches', 'must name each task once')
  return [...ids]
}

type Patches = Extract<TaskBatch, { action: 'change' }>['patches']

async function patchTasks(ctx: Ctx, { access, patches }: { access: Access; patches: Patches }): Promise<Task[]> {
  const patched: Task[] = []
  for (const [index, { id, patch, ifVersion }] of patches.entries()) {
    const update = updateTask(ctx, { access, taskId: id, patch, ifVersion })
    patched.push(await update.catch(refusedAt(`patches.${index}`)))
  }
  return patched
}

/** Of many, a refusal has to say which it is about. */
function refusedAt(place: string) {
  return (error: unknown): never => {
    if (!(error instanceof AppError)) throw error
    const { code, message, errors, current } = error
    const named = errors?.map((each) => ({ ...each, field: `${place}.patch.${each.field}` }))
    throw new AppError(code, `${place}: ${message}`, { cause: error, current, ...(named && { errors: named }) })
  }
}

interface Move {
  access: Access
  ids: string[]
  listId: string
  ranks?: string[] | undefined
}

/** To the end of a list, in their order, or to places that they had there. @throws 400 for ranks that do not match */
async function moveTasks(ctx: Ctx, { access, ids, listId, ranks }: Move): Promise<Task[]> {
  if (ranks && ranks.length !== ids.length)
    throw invalidField('ranks', 'must be as many as ids, each of which is named once')
  const moved: Task[] = []
  for (const [index, taskId] of ids.entries()) {
    moved.push(await moveTask(ctx, { access, taskId, listId, rank: ranks?.[index] }))
  }
  return moved
}

/** The untouched successor of one goes away with it, also where it was named itself, before or after. */
async function reopenTasks(ctx: Ctx, { access, ids }: { access: Access; ids: string[] }): Promise<Task[]> {
  const done = new Map<string, Task>()
  for (const taskId of ids) {
    if (done.has(taskId)) continue
    const { task, withdrawn } = await reopenOccurrence(ctx, { access, taskId })
    done.set(task.id, task)
    if (withdrawn) done.set(withdrawn.id, withdrawn)
  }
  return ids.map((id) => done.get(id)!)
}

export async function reorderTask(ctx: Ctx, { after, ...target }: OnTask & { after: string | null }): Promise<Task> {
  if (target.ifVersion !== undefined) await lockForChange(ctx, target)
  const [task] = await reorderTasks(ctx, { access: target.access, ids: [target.taskId], after })
  return task!
}

interface Reorder {
  access: Access
  /** In their new order. */
  ids: string[]
  /** They come after this task, which is none of them; null: at the top of their list. */
  after: string | null
}

/** @throws 400 for a task that is to come after itself */
export async function reorderTasks(ctx: Ctx, { access, ids, after }: Reorder): Promise<Task[]> {
  if (after !== null && ids.includes(after))
    throw invalidField('after', 'must be a task that is not to be moved itself')
  const tasks = await lockTasks(ctx.tx, access, ids)
  for (const task of tasks) refuseDeleted(task)
  const [first] = tasks
  const list = writableList(access, first!.listId)
  const before = after === null ? null : await lockTask(ctx.tx, access, after)
  if ([...tasks, ...(before ? [before] : [])].some((task) => task.listId !== list.id)) {
    throw new AppError('conflict', 'Only tasks of one list can be put in order: move them there first.')
  }
  // Tasks made at the same moment may share a rank: those that follow by their ids only are moved along.
  const tied = before ? await lockTiedAfter(ctx.tx, before, ids) : []
  const ranks = await ranksAfter(ctx, list.id, before, [...ids, ...tied.map(({ id }) => id)])
  const reordered: Task[] = []
  for (const [index, task] of [...tasks, ...tied].entries()) {
    const saved = saveTask(ctx, task, { rank: ranks[index]! })
    if (saved) announceUpdate(ctx, access, saved)
    reordered.push(saved?.after ?? task)
  }
  return reordered.slice(0, tasks.length)
}
