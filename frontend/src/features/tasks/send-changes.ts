import { inParts } from '@todo/model/in-parts'
import type { PatchTask, Task } from '@todo/model/task'
import { newId } from '../../api/new-id.ts'
import { tasksApi } from '../../api/tasks-api.ts'
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
  attempt(offer, cache, {
    taskIds: [task.id],
    apply: (shown) => shown && applyPatch(shown, patch),
    send: async (mutationId) => [await tasksApi.patch(task.id, patch, { mutationId })],
    refused: `${quoted([task])} could not be changed`,
  })
}

export interface OnePatch {
  task: Task
  patch: PatchTask
}

/** Each task in its own way, in one change. */
export function sendPatches(cache: TaskCache, patches: readonly OnePatch[], offer: Offer = null): void {
  const [only, ...others] = patches
  if (only && others.length === 0) return sendPatch(cache, only.task, only.patch, offer)
  const patchOf = new Map(patches.map(({ task, patch }) => [task.id, patch]))
  const tasks = patches.map(({ task }) => task)
  attempt(offer, cache, {
    taskIds: idsOf(tasks),
    apply: (shown) => shown && applyPatch(shown, patchOf.get(shown.id)!),
    send: inBatches(inParts(tasks, BATCH), (part) => ({
      action: 'change',
      patches: part.map(({ id }) => ({ id, patch: patchOf.get(id)! })),
    })),
    refused: `${quoted(tasks)} could not be changed`,
  })
}

export function sendComplete(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  const completedAt = new Date().toISOString()
  attempt(offer, cache, {
    taskIds: idsOf(tasks),
    apply: (shown) => shown && { ...shown, completedAt },
    send: oneOrAll(tasks, tasksApi.complete, (ids) => ({ action: 'complete', ids })),
    refused: `${quoted(tasks)} could not be completed`,
    lingerMs: LINGER_MS,
  })
}

export function sendSkip(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  const completedAt = new Date().toISOString()
  attempt(offer, cache, {
    taskIds: idsOf(tasks),
    apply: (shown) => shown && { ...shown, completedAt, skipped: true },
    send: oneOrAll(tasks, tasksApi.skip, (ids) => ({ action: 'skip', ids })),
    refused: `${quoted(tasks)} could not be skipped`,
    lingerMs: LINGER_MS,
  })
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
  attempt(offer, cache, {
    taskIds: idsOf(tasks),
    apply: (shown) => shown && { ...shown, completedAt: null, skipped: false },
    send: oneOrAll(tasks, tasksApi.reopen, (ids) => ({ action: 'reopen', ids })),
    refused: `${quoted(tasks)} could not be reopened`,
  })
}

export function sendRemove(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  const deletedAt = new Date().toISOString()
  attempt(offer, cache, {
    taskIds: idsOf(tasks),
    apply: (shown) => shown && { ...shown, deletedAt },
    send: oneOrAll(tasks, tasksApi.delete, (ids) => ({ action: 'delete', ids })),
    refused: `${quoted(tasks)} could not be deleted`,
  })
}

export function sendRestore(cache: TaskCache, tasks: readonly Task[], offer: Offer = null): void {
  attempt(offer, cache, {
    taskIds: idsOf(tasks),
    apply: (shown) => shown && { ...shown, deletedAt: null },
    send: oneOrAll(tasks, tasksApi.restore, (ids) => ({ action: 'restore', ids })),
    refused: `${quoted(tasks)} could not be restored`,
  })
}

export function sendMove(cache: TaskCache, tasks: readonly Task[], listId: string, offer: Offer = null): void {
  attempt(offer, cache, {
    taskIds: idsOf(tasks),
    apply: (shown) => shown && { ...shown, listId },
    send: oneOrAll(
      tasks,
      (taskId, mutationId) => tasksApi.move(taskId, listId, mutationId),
      (ids) => ({ action: 'move', ids, listId }),
    ),
    refused: `${quoted(tasks)} could not be moved`,
  })
}

/** To the lists and the places that they were in. */
export function sendMoveBack(cache: TaskCache, tasks: readonly Task[]): void {
  const places = new Map(tasks.map(({ id, listId, rank }) => [id, { listId, rank }]))
  const lists = [...new Set(tasks.map(({ listId }) => listId))]
  const ofLists = lists.map((listId) => tasks.filter((task) => task.listId === listId))
  attempt(null, cache, {
    taskIds: idsOf(tasks),
    apply: (shown) => shown && { ...shown, ...places.get(shown.id) },
    send: inBatches(
      ofLists.flatMap((ofList) => inParts(ofList, BATCH)),
      (part) => ({
        action: 'move',
        ids: idsOf(part),
        listId: part[0]!.listId,
        ranks: part.map(({ rank }) => rank),
      }),
    ),
    refused: `${quoted(tasks)} could not be moved back`,
  })
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

/** One task by its own route, several in one batch: all of them or none. More than a batch takes go one after the other. */
function oneOrAll(
  tasks: readonly Task[],
  single: (taskId: string, mutationId: string) => Promise<Task>,
  batchOf: (ids: string[]) => Batch,
): TaskChange['send'] {
  const [only, ...others] = tasks
  if (only && others.length === 0) return async (mutationId) => [await single(only.id, mutationId)]
  return inBatches(inParts(tasks, BATCH), (part) => batchOf(idsOf(part)))
}

function inBatches(of: readonly Task[][], batchOf: (part: Task[]) => Batch): TaskChange['send'] {
  return async (mutationId) => {
    const done: Task[] = []
    for (const [index, part] of of.entries()) {
      // What was asked for under a name is answered under it again, not done.
      done.push(...(await tasksApi.batch(batchOf(part), index === 0 ? mutationId : newId())).items)
    }
    return done
  }
}

/** A refusal has been told by then. */
function attempt(offer: Offer, cache: TaskCache, change: TaskChange): void {
  changeTasks(cache, change).catch(() => offer !== null && withdrawUndo(offer))
}

const idsOf = (tasks: readonly Task[]): string[] => tasks.map((task) => task.id)
