import { isDeepStrictEqual } from 'node:util'
import type { CreateTask, PatchTask, Reminder, Task } from '@todo/model/task'
import { AppError } from '@todo/platform/errors'
import { writableList } from '../access.ts'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { heldZone } from '../profile/repo.ts'
import { defaultReminders } from '../reminders/default-reminder.ts'
import { refuseLongPast, refuseUnanchored, remind } from '../reminders/sync-reminders.ts'
import { announce, announceSaved, announceUpdate } from './announce.ts'
import { changesBetween, fieldVersions } from './changes.ts'
import { contentHash } from './content.ts'
import { lockForChange, refuseDeleted } from './lock-for-change.ts'
import type { OnTask } from './lock-for-change.ts'
import { mergeTask } from './merge-task.ts'
import { newTask } from './new-task.ts'
import { withdrawSuccessor } from './occurrences.ts'
import * as repo from './repo.ts'
import { saveTask } from './save-task.ts'
import type { SavedTask } from './save-task.ts'
import { lastOf } from './schedule.ts'

interface Created {
  task: Task
  /** False for the same id with the same content sent again: that is the same task. */
  created: boolean
}

export async function createTask(ctx: Ctx, { access, input }: { access: Access; input: CreateTask }): Promise<Created> {
  const list = writableList(access, input.listId ?? access.inboxId)
  const own = input.reminders === undefined ? defaultReminders(access, input.due) : []
  const task = newTask(ctx, access, { listId: list.id, input, defaultReminders: own })
  const changes = changesBetween(null, task)
  const fields = fieldVersions(changes, task.version, ctx.origin.clientId)
  const createdFrom = input.id ? contentHash(input) : null
  const insert = () => repo.insertTask(ctx.tx, task, { fields, access, createdFrom })
  // An id that was made just now is nobody else's.
  if (!input.id) ctx.sendAlong(insert)
  else if (!(await insert())) return { task: await sameTask(ctx, access, task.id, createdFrom), created: false }
  // A default whose time has passed is no news: who makes the task knows.
  await remind(ctx, access, task, { firePast: input.reminders !== undefined })
  const { priority, seriesId, occurrenceAt } = task
  announce(ctx, 'task.created', { before: null, after: task, changes, list }, { priority, seriesId, occurrenceAt })
  return { task, created: true }
}

async function sameTask(ctx: Ctx, access: Access, taskId: string, sent: string | null): Promise<Task> {
  const task = await repo.findTask(ctx.tx, access, taskId)
  if ((await repo.createdFrom(ctx.tx, taskId)) === sent) return task
  const detail = 'There is another task with this id: send a new id, or PATCH that task.'
  throw new AppError('conflict', detail, { current: task })
}

/** Merges: a field that was not sent is not touched. */
export async function updateTask(ctx: Ctx, { patch, ...target }: OnTask & { patch: PatchTask }): Promise<Task> {
  // Before the task, as whoever changes the zone does.
  if (patch.due) ctx.sendAlong(() => heldZone(ctx.tx, target.access.userId))
  return updateLocked(ctx, target.access, await lockForChange(ctx, target), patch)
}

/** For a task that `lockForChange` answered in this transaction. */
export async function updateLocked(ctx: Ctx, access: Access, task: Task, patch: PatchTask): Promise<Task> {
  refuseDeleted(task)
  const saved = saveTask(ctx, task, mergeTask(ctx, access, task, patch))
  if (!saved) return task
  const { changes, after } = saved
  if (changes.recurrence && task.completedAt) refuseToReplan(task)
  if (changes.reminders || changes.due) refuseUnanchored(after.reminders, after.due)
  if (changes.reminders) refuseLongPast(addedReminders(saved), after.due, access.timeZone, ctx.now())
  if (changes.reminders || changes.due) await remind(ctx, access, after, { firePast: true, before: task })
  if (changes.listId) await repo.leaveList(ctx.tx, saved)
  if (changes.seriesId && task.seriesId && after.seriesId)
    ctx.sendAlong(() => repo.continueSeries(ctx.tx, after.id, task.seriesId!))
  announceUpdate(ctx, access, saved)
  return after
}

/** What follows a completed occurrence is there already, and would go on as a second series beside the new one. */
function refuseToReplan(task: Task): void {
  if (!task.seriesId) return
  const detail = 'This occurrence is done: change the rule of the open one of its series, or open this one again first.'
  throw new AppError('conflict', detail, { current: task })
}

/** Completing twice is completing once. What recurs gets its next occurrence by the event. */
export async function completeTask(ctx: Ctx, target: OnTask): Promise<Task> {
  return finishTask(ctx, target, false)
}

/** Passes over one occurrence: it is over without having been done, and the next one comes as after a completion. */
export async function skipTask(ctx: Ctx, target: OnTask): Promise<Task> {
  return finishTask(ctx, target, true)
}

async function finishTask(ctx: Ctx, target: OnTask, skipped: boolean): Promise<Task> {
  const { access } = target
  const task = await lockForChange(ctx, target)
  if (skipped) refuseToSkip(task)
  if (task.completedAt) return task
  refuseDeleted(task)
  const completedAt = ctx.now().toISOString()
  const saved = saveTask(ctx, task, { completedAt, skipped })!
  await remind(ctx, access, saved.after, { firePast: false, before: task })
  announceSaved(ctx, access, 'task.completed', saved, {
    completedAt,
    timeZone: zoneOfSeries(task) ?? access.timeZone,
    due: task.due,
    recurrence: completedRecurrence(task),
    ...(skipped && { skipped }),
  })
  return saved.after
}

function refuseToSkip(task: Task): void {
  if (!task.recurrence)
    throw new AppError('conflict', 'Only a recurring task has a next one to go on to.', { current: task })
  if (task.completedAt && !task.skipped) {
    throw new AppError('conflict', 'This occurrence is done: open it again to skip it.', { current: task })
  }
}

/** What repeats by whole days is counted in the person's zone, also where this occurrence got a time in another. */
function zoneOfSeries({ due, occurrenceAt }: Task): string | null {
  const isWholeDays = occurrenceAt !== null && !occurrenceAt.includes('T')
  return isWholeDays ? null : (due?.timeZone ?? null)
}

function completedRecurrence({ recurrence, seriesId, occurrenceAt, occurrenceNumber }: Task) {
  if (!recurrence || !seriesId || !occurrenceAt || !occurrenceNumber) return null
  return { ...recurrence, seriesId, occurrenceAt, occurrenceNumber }
}

/**
 * Nothing comes after this occurrence; it stays one of its series, with the story of those before it. What the next one
 * would have had is kept: with its old end, the series goes on as if nothing had been.
 */
export async function endSeries(ctx: Ctx, target: OnTask): Promise<Task> {
  const { access } = target
  const task = await lockForChange(ctx, target)
  refuseDeleted(task)
  const saved = saveTask(ctx, task, { recurrence: lastOf(task) })
  if (!saved) return task
  announceUpdate(ctx, access, saved)
  return saved.after
}

interface Reopened {
  task: Task
  /** Its untouched successor, which a reopened occurrence takes back with it. */
  withdrawn: Task | null
}

export async function reopenTask(ctx: Ctx, target: OnTask): Promise<Task> {
  return (await reopenOccurrence(ctx, target)).task
}

export async function reopenOccurrence(ctx: Ctx, target: OnTask): Promise<Reopened> {
  const { access } = target
  const task = await lockForChange(ctx, target)
  if (!task.completedAt) return { task, withdrawn: null }
  refuseDeleted(task)
  const saved = saveTask(ctx, task, { completedAt: null, skipped: false })!
  const withdrawn = await withdrawSuccessor(ctx, access, task)
  await remind(ctx, access, saved.after, { firePast: false, before: task })
  announceSaved(ctx, access, 'task.reopened', saved, {})
  return { task: saved.after, withdrawn }
}

/** Into the bin, from where `restoreTask` takes it. */
export async function deleteTask(ctx: Ctx, target: OnTask): Promise<Task> {
  return binTask(ctx, target, 'task.deleted', ctx.now().toISOString())
}

export async function restoreTask(ctx: Ctx, target: OnTask): Promise<Task> {
  return binTask(ctx, target, 'task.restored', null)
}

async function binTask(
  ctx: Ctx,
  target: OnTask,
  event: 'task.deleted' | 'task.restored',
  deletedAt: string | null,
): Promise<Task> {
  const { access } = target
  const task = await lockForChange(ctx, target)
  if ((task.deletedAt === null) === (deletedAt === null)) return task
  const saved = saveTask(ctx, task, { deletedAt })!
  await remind(ctx, access, saved.after, { firePast: false, before: task })
  announceSaved(ctx, access, event, saved, {})
  return saved.after
}

interface MoveTo {
  listId: string
  /** Its place there; left out: the end, where it is in another list by now. */
  rank?: string | undefined
}

export async function moveTask(ctx: Ctx, { listId, rank, ...target }: OnTask & MoveTo): Promise<Task> {
  return updateTask(ctx, { ...target, patch: { listId, ...(rank !== undefined && { rank }) } })
}

/** Those that are new or set for another time; how often one repeats may be changed long after. */
function addedReminders({ before, after }: SavedTask): Reminder[] {
  const known = before.reminders.map(onceOnly)
  return after.reminders.filter((reminder) => !known.some((old) => isDeepStrictEqual(old, onceOnly(reminder))))
}

function onceOnly(reminder: Reminder): Reminder {
  return { ...reminder, repeatMinutes: undefined }
}
