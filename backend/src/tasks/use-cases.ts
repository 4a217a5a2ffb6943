import { v7 as uuidv7 } from 'uuid'
import type { CreateTask, PatchTask, Task } from '@todo/model/task'
import { AppError, notFound } from '@todo/platform/errors'
import { writableList } from '../access.ts'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { identifyReminders, refuseLongPast, syncReminders } from '../reminders/sync-reminders.ts'
import { announce } from './announce.ts'
import { changesBetween, fieldVersions } from './changes.ts'
import { contentHash, identifySubtasks } from './content.ts'
import { rankAtEnd } from './rank.ts'
import * as repo from './repo.ts'
import { saveTask } from './save-task.ts'
import type { SavedTask } from './save-task.ts'
import { scheduleOf } from './schedule.ts'
import { withdrawSuccessor } from './occurrences.ts'

interface OnTask {
  access: Access
  taskId: string
  /** The version that the person saw; left out: whatever it is. */
  ifVersion?: number | undefined
}

/** The same id with the same content is the same task: `created` is false then. */
export async function createTask(
  ctx: Ctx,
  { access, input }: { access: Access; input: CreateTask },
): Promise<{ task: Task; created: boolean }> {
  const list = writableList(access, input.listId ?? access.inboxId)
  const { now } = ctx
  const at = now().toISOString()
  const schedule = scheduleOf(null, input, access.timeZone)
  const reminders = identifyReminders(input.reminders, [])
  refuseLongPast(reminders, schedule.due, access.timeZone, now())
  const task: Task = {
    id: input.id ?? uuidv7(),
    listId: list.id,
    title: input.title,
    notes: input.notes,
    priority: input.priority,
    tags: input.tags,
    ...schedule,
    reminders,
    subtasks: identifySubtasks(input.subtasks),
    rank: input.rank ?? (await rankAtEnd(ctx, list.id)),
    version: 1,
    createdAt: at,
    updatedAt: at,
    completedAt: null,
    deletedAt: null,
  }
  const changes = changesBetween(null, task)
  const createdFrom = input.id ? contentHash(input) : null
  const fields = fieldVersions(changes, 1, ctx.origin.clientId)
  if (!(await repo.insertTask(ctx.tx, task, { fields, createdFrom })))
    return sameTask(ctx, access, task.id, createdFrom)
  if (reminders.length > 0) await syncReminders(ctx, task, { ...reminded(access), firePast: true })
  const { priority, seriesId, occurrenceAt } = task
  announce(ctx, 'task.created', { before: null, after: task, changes, list }, { priority, seriesId, occurrenceAt })
  return { task, created: true }
}

async function sameTask(
  ctx: Ctx,
  access: Access,
  taskId: string,
  sent: string | null,
): Promise<{ task: Task; created: false }> {
  const task = await repo.findTask(ctx.tx, access, taskId)
  if ((await repo.createdFrom(ctx.tx, taskId)) === sent) return { task, created: false }
  throw new AppError('conflict', 'There is another task with this id: send a new id, or PATCH that task.', {
    current: task,
  })
}

/** Merges: a field that was not sent is not touched. */
export async function updateTask(ctx: Ctx, { patch, ...target }: OnTask & { patch: PatchTask }): Promise<Task> {
  const { access } = target
  const task = await lockForChange(ctx, target)
  const { due, recurrence, reminders, subtasks, listId, ...plain } = patch
  const destination = listId === undefined ? task.listId : writableList(access, listId).id
  const schedule =
    due === undefined && recurrence === undefined
      ? {}
      : scheduleOf(task, { due: due === undefined ? task.due : due, recurrence }, access.timeZone)
  const merged = {
    ...plain,
    ...schedule,
    ...(reminders ? { reminders: identifyReminders(reminders, task.reminders) } : {}),
    ...(subtasks ? { subtasks: identifySubtasks(subtasks) } : {}),
    ...(await placeIn(ctx, task, destination)),
    ...(plain.rank === undefined ? {} : { rank: plain.rank }),
  }
  const saved = await saveTask(ctx, task, merged)
  if (!saved) return task
  const { changes, after } = saved
  if (changes.reminders) refuseLongPast(addedReminders(task, after), after.due, access.timeZone, ctx.now())
  if (changes.reminders || changes.due) await syncReminders(ctx, after, { ...reminded(access), firePast: true })
  if (changes.listId) await leaveList(ctx, saved)
  announceUpdate(ctx, access, saved)
  return after
}

/** Completing twice is completing once. What recurs gets its next occurrence by the event. */
export async function completeTask(ctx: Ctx, target: OnTask): Promise<Task> {
  const { access } = target
  const task = await lockForChange(ctx, target)
  if (task.completedAt) return task
  refuseDeleted(task)
  const completedAt = ctx.now().toISOString()
  const saved = (await saveTask(ctx, task, { completedAt }))!
  if (task.reminders.length > 0) await syncReminders(ctx, saved.after, { ...reminded(access), firePast: false })
  announce(ctx, 'task.completed', inList(access, saved), {
    completedAt,
    timeZone: task.due?.timeZone ?? access.timeZone,
    due: task.due,
    recurrence: completedRecurrence(task),
  })
  return saved.after
}

function completedRecurrence({ recurrence, seriesId, occurrenceAt, occurrenceNumber }: Task) {
  if (!recurrence || !seriesId || !occurrenceAt || !occurrenceNumber) return null
  return { ...recurrence, seriesId, occurrenceAt, occurrenceNumber }
}

/** A reopened occurrence takes its untouched successor back with it. */
export async function reopenTask(ctx: Ctx, target: OnTask): Promise<Task> {
  const { access } = target
  const task = await lockForChange(ctx, target)
  if (!task.completedAt) return task
  refuseDeleted(task)
  const saved = (await saveTask(ctx, task, { completedAt: null }))!
  await withdrawSuccessor(ctx, access, task)
  if (task.reminders.length > 0) await syncReminders(ctx, saved.after, { ...reminded(access), firePast: false })
  announce(ctx, 'task.reopened', inList(access, saved), {})
  return saved.after
}

/** Into the bin, from where `restoreTask` takes it. */
export async function deleteTask(ctx: Ctx, target: OnTask): Promise<Task> {
  return binTask(ctx, target, { deletedAt: ctx.now().toISOString(), event: 'task.deleted' })
}

export async function restoreTask(ctx: Ctx, target: OnTask): Promise<Task> {
  return binTask(ctx, target, { deletedAt: null, event: 'task.restored' })
}

async function binTask(
  ctx: Ctx,
  target: OnTask,
  { deletedAt, event }: { deletedAt: string | null; event: 'task.deleted' | 'task.restored' },
): Promise<Task> {
  const { access } = target
  const task = await lockForChange(ctx, target)
  if ((task.deletedAt === null) === (deletedAt === null)) return task
  const saved = (await saveTask(ctx, task, { deletedAt }))!
  if (task.reminders.length > 0) await syncReminders(ctx, saved.after, { ...reminded(access), firePast: false })
  announce(ctx, event, inList(access, saved), {})
  return saved.after
}

/** To the end of another list. */
export async function moveTask(ctx: Ctx, { listId, ...target }: OnTask & { listId: string }): Promise<Task> {
  return updateTask(ctx, { ...target, patch: { listId } })
}

async function lockForChange(ctx: Ctx, { access, taskId, ifVersion }: OnTask): Promise<Task> {
  const task = await repo.lockTask(ctx.tx, access, taskId)
  writableList(access, task.listId)
  if (ifVersion !== undefined && ifVersion !== task.version) {
    throw new AppError(
      'version-conflict',
      `You saw version ${ifVersion}, it is ${task.version} now: look at it and try again.`,
      {
        current: task,
      },
    )
  }
  return task
}

function refuseDeleted(task: Task): void {
  if (task.deletedAt) throw new AppError('conflict', 'This task is in the bin: restore it first.', { current: task })
}

async function placeIn(ctx: Ctx, task: Task, listId: string): Promise<Partial<Task>> {
  return listId === task.listId ? {} : { listId, rank: await rankAtEnd(ctx, listId) }
}

async function leaveList({ tx }: Ctx, { before, after }: SavedTask): Promise<void> {
  await repo.leaveTombstone(tx, before.listId, before.id)
  await repo.clearTombstone(tx, after.listId, after.id)
}

/** Who sees the old and who sees the new list hear of it. */
export function announceUpdate(ctx: Ctx, access: Access, saved: SavedTask): void {
  const { list, ...change } = inList(access, saved)
  const old = access.lists.get(saved.before.listId)
  const members = [...new Set([...(old?.members ?? []), ...list.members])]
  announce(ctx, 'task.updated', { ...change, list: { ...list, members } }, {})
}

function inList(access: Access, saved: SavedTask) {
  const list = access.lists.get(saved.after.listId)
  if (!list) throw notFound('list')
  return { ...saved, list }
}

function addedReminders(before: Task, after: Task) {
  const known = new Set(before.reminders.map((reminder) => JSON.stringify(reminder)))
  return after.reminders.filter((reminder) => !known.has(JSON.stringify(reminder)))
}

function reminded({ userId, timeZone }: Access): { userId: string; timeZone: string } {
  return { userId, timeZone }
}
