import { inParts } from '@todo/model/in-parts'
import type { PatchTask, Task } from '@todo/model/task'
import { ApiError, describeError, isUnauthorized } from '../../api/api-error.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { notify } from '../../ui/notify.ts'
import { withdrawUndo } from '../undo/undo-stack.ts'
import { changeTasks, type TaskChange } from './change-tasks.ts'
import { applyPatch } from './patch-task.ts'
import { rankBetween } from './rank-between.ts'
import type { TaskCache } from './task-cache.ts'
import { quoted } from './task-words.ts'

const LINGER_MS = 420

/** The offer to undo a change goes when the change is refused. */
type Offer = string | null

export function sendPatch(cache: TaskCache, task: Task, patch: PatchTask, offer: Offer = null): void {
  sendPatches(cache, [{ task, patch }], offer)
}

export interface OnePatch {
  task: Task
  patch: PatchTask
}

/**
 * Each task in its own way: all in one change, or each by itself where one of them is refused. Answers what the tasks
 * were before, filled when the change is sent: on screen there may be a change that the server refuses.
 */
export function sendPatches(
  cache: TaskCache,
  patches: readonly OnePatch[],
  offer: Offer = null,
): ReadonlyMap<string, Task> {
  const before = new Map<string, Task>()
  const patchOf = new Map(patches.map(({ task, patch }) => [task.id, patch]))
  const tasks = patches.map(({ task }) => task)
  const single = (taskId: string, mutationId: string) => tasksApi.patch(taskId, patchOf.get(taskId)!, { mutationId })
  const batchOf = (ids: string[]): Batch => ({
    action: 'change',
    patches: ids.map((id) => ({ id, patch: patchOf.get(id)! })),
  })
  attemptInParts(offer, cache, tasks, (part) => {
    const send = oneByOneWhenRefused(part, single, oneOrAll(part, single, batchOf))
    return {
      apply: (shown) => shown && applyPatch(shown, patchOf.get(shown.id)!),
      send: (mutationId) => {
        for (const task of part) before.set(task.id, cache.pending.told(task.id) ?? task)
        return send(mutationId)
      },
      refused: `${quoted(part)} could not be changed`,
    }
  })
  return before
}

export function sendComplete(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  const completedAt = new Date().toISOString()
  attemptInParts(offer, cache, tasks, (part) => ({
    apply: (shown) => shown && { ...shown, completedAt },
    send: oneOrAll(part, tasksApi.complete, (ids) => ({ action: 'complete', ids })),
    refused: `${quoted(part)} could not be completed`,
    lingerMs: LINGER_MS,
  }))
}

export function sendSkip(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  const completedAt = new Date().toISOString()
  attemptInParts(offer, cache, tasks, (part) => ({
    apply: (shown) => shown && { ...shown, completedAt, skipped: true },
    send: oneOrAll(part, tasksApi.skip, (ids) => ({ action: 'skip', ids })),
    refused: `${quoted(part)} could not be skipped`,
    lingerMs: LINGER_MS,
  }))
}

export function sendSnooze(cache: TaskCache, task: Task, until: string, offer: Offer = null): void {
  attempt(offer, cache, {
    taskIds: [task.id],
    apply: (shown) => shown,
    send: async (mutationId) => [await tasksApi.snooze(task.id, until, mutationId)],
    refused: `${quoted([task])} could not be snoozed`,
  })
}

export function sendEndSeries(cache: TaskCache, task: Task, offer: Offer = null): void {
  attempt(offer, cache, {
    taskIds: [task.id],
    apply: (shown) => shown,
    send: async (mutationId) => [await tasksApi.endSeries(task.id, mutationId)],
    refused: `The series of ${quoted([task])} could not be ended`,
  })
}

export function sendReopen(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  attemptInParts(offer, cache, tasks, (part) => ({
    apply: (shown) => shown && { ...shown, completedAt: null, skipped: false },
    send: oneOrAll(part, tasksApi.reopen, (ids) => ({ action: 'reopen', ids })),
    refused: `${quoted(part)} could not be reopened`,
  }))
}

export function sendRemove(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  const deletedAt = new Date().toISOString()
  attemptInParts(offer, cache, tasks, (part) => ({
    apply: (shown) => shown && { ...shown, deletedAt },
    send: oneOrAll(part, tasksApi.delete, (ids) => ({ action: 'delete', ids })),
    refused: `${quoted(part)} could not be deleted`,
  }))
}

export function sendRestore(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  attemptInParts(offer, cache, tasks, (part) => ({
    apply: (shown) => shown && { ...shown, deletedAt: null },
    send: oneOrAll(part, tasksApi.restore, (ids) => ({ action: 'restore', ids })),
    refused: `${quoted(part)} could not be restored`,
  }))
}

export function sendMove(cache: TaskCache, tasks: readonly Task[], listId: string, offer: Offer = null): void {
  attemptInParts(offer, cache, tasks, (part) => ({
    apply: (shown) => shown && { ...shown, listId },
    send: oneOrAll(
      part,
      (taskId, mutationId) => tasksApi.move(taskId, listId, mutationId),
      (ids) => ({ action: 'move', ids, listId }),
    ),
    refused: `${quoted(part)} could not be moved`,
  }))
}

/** To the lists and the places that they were in. */
export function sendMoveBack(cache: TaskCache, tasks: readonly Task[]): void {
  const places = new Map(tasks.map(({ id, listId, rank }) => [id, { listId, rank }]))
  const lists = [...new Set(tasks.map(({ listId }) => listId))]
  for (const listId of lists) {
    const ofList = tasks.filter((task) => task.listId === listId)
    attemptInParts(null, cache, ofList, (part) => ({
      apply: (shown) => shown && { ...shown, ...places.get(shown.id) },
      send: inBatch({ action: 'move', ids: idsOf(part), listId, ranks: part.map(({ rank }) => rank) }),
      refused: `${quoted(part)} could not be moved back`,
    }))
  }
}

/** The neighbours of a task in the order of its list; null: it is the first or the last. */
export interface Place {
  after: Task | null
  next: Task | null
}

export function sendReorder(cache: TaskCache, task: Task, { after, next }: Place, offer: Offer = null): void {
  const rank = rankBetween(after, next)
  attempt(offer, cache, {
    taskIds: [task.id],
    apply: (shown) => shown && { ...shown, rank },
    send: async (mutationId) => [await tasksApi.reorder(task.id, after?.id ?? null, mutationId)],
    refused: `${quoted([task])} could not be moved`,
  })
}

/** As many tasks as the API takes in one batch. */
const BATCH = 500

type Batch = Parameters<typeof tasksApi.batch>[0]

/** One task by its own route, several in one batch: all of them or none. */
function oneOrAll(
  tasks: readonly Task[],
  single: (taskId: string, mutationId: string) => Promise<Task>,
  batchOf: (ids: string[]) => Batch,
): TaskChange['send'] {
  const [only, ...others] = tasks
  if (only && others.length === 0) return async (mutationId) => [await single(only.id, mutationId)]
  return inBatch(batchOf(idsOf(tasks)))
}

/** What one task is refused, the others still get; it is told which one it was. */
function oneByOneWhenRefused(
  tasks: readonly Task[],
  single: (taskId: string, mutationId: string) => Promise<Task>,
  all: TaskChange['send'],
): TaskChange['send'] {
  return async (mutationId) => {
    try {
      return await all(mutationId)
    } catch (error) {
      if (tasks.length === 1 || !(error instanceof ApiError) || error.isTemporary || isUnauthorized(error)) throw error
    }
    const ends = await Promise.allSettled(tasks.map(({ id }) => single(id, mutationId)))
    const refused = ends.flatMap((end, index) => (end.status === 'rejected' ? [{ task: tasks[index]!, ...end }] : []))
    if (refused.length === tasks.length) throw refused[0]!.reason
    if (refused.length > 0) {
      const what = `${quoted(refused.map(({ task }) => task))} could not be changed`
      void notify(what, { description: describeError(refused[0]!.reason), tone: 'error' })
    }
    return ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
  }
}

function inBatch(batch: Batch): TaskChange['send'] {
  return async (mutationId) => (await tasksApi.batch(batch, mutationId)).items
}

/** More tasks than a batch takes are several changes: one that is refused takes nothing from the others. */
function attemptInParts(
  offer: Offer,
  cache: TaskCache,
  tasks: readonly Task[],
  changeOf: (part: readonly Task[]) => Omit<TaskChange, 'taskIds'>,
): void {
  attempt(offer, cache, ...inParts(tasks, BATCH).map((part) => ({ taskIds: idsOf(part), ...changeOf(part) })))
}

/** A refusal has been told by then. What was offered is gone when nothing of it was done. */
function attempt(offer: Offer, cache: TaskCache, ...changes: TaskChange[]): void {
  void Promise.allSettled(changes.map((change) => changeTasks(cache, change))).then((ends) => {
    if (offer !== null && ends.every(({ status }) => status === 'rejected')) withdrawUndo(offer)
  })
}

const idsOf = (tasks: readonly Task[]): string[] => tasks.map((task) => task.id)
