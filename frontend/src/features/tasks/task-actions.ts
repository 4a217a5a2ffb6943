import type { PatchTask, Task } from '@todo/model/task'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type NewTask, tasksApi } from '../../api/tasks-api.ts'
import { offerUndo, withdrawUndo } from '../undo/undo-stack.ts'
import { changeTasks, type TaskChange } from './change-tasks.ts'
import { expectNextOccurrence } from './next-occurrence.ts'
import { optimisticTask } from './new-task.ts'
import { applyPatch, undoPatch } from './patch-task.ts'
import { rankBetween } from './rank-between.ts'
import { type TaskCache, taskCache } from './task-cache.ts'

const LINGER_MS = 420

export type TaskActions = ReturnType<typeof taskActions>

export function useTaskActions(): TaskActions {
  const client = useQueryClient()
  return useMemo(() => taskActions(taskCache(client)), [client])
}

/** Everything a person does to tasks: at once on screen, undoable, told when refused. */
function taskActions(cache: TaskCache) {
  return {
    create: (draft: NewTask, inboxId: string) => create(cache, draft, inboxId),
    patch: (task: Task, patch: PatchTask, done?: string) => patchTask(cache, task, patch, done),
    toggle: (tasks: readonly Task[]) =>
      tasks.every((task) => task.completedAt) ? void reopen(cache, tasks) : complete(cache, tasks),
    remove: (tasks: readonly Task[]) => remove(cache, tasks),
    restore: (tasks: readonly Task[]) => void restore(cache, tasks),
    move: (tasks: readonly Task[], listId: string, listName: string) => move(cache, tasks, listId, listName),
    reorder: (task: Task, after: Task | null, next: Task | null) => reorder(cache, task, after, next),
  }
}

function create(cache: TaskCache, draft: NewTask, inboxId: string): Promise<readonly Task[]> {
  const shown = optimisticTask(draft, inboxId, new Date())
  return changeTasks(cache, {
    taskIds: [draft.id],
    apply: () => shown,
    send: async (mutationId) => [await tasksApi.create(draft, mutationId)],
    refused: `${quoted([shown])} could not be added`,
    silent: true,
  })
}

function patchTask(cache: TaskCache, task: Task, patch: PatchTask, done?: string): void {
  const back = undoPatch(task, patch)
  const offer = done === undefined ? null : offerUndo(done, () => sendPatch(cache, task, back))
  sendPatch(cache, task, patch, offer)
}

function sendPatch(cache: TaskCache, task: Task, patch: PatchTask, offer: string | null = null): void {
  attempt(offer, cache, {
    taskIds: [task.id],
    apply: (shown) => shown && applyPatch(shown, patch),
    send: async (mutationId) => [await tasksApi.patch(task.id, patch, { mutationId })],
    refused: `${quoted([task])} could not be changed`,
  })
}

function complete(cache: TaskCache, tasks: readonly Task[]): void {
  const open = tasks.filter((task) => !task.completedAt)
  const completedAt = new Date().toISOString()
  const offer = offerUndo(`${quoted(open)} done`, () => void reopen(cache, open))
  expectNextOccurrence(open, offer, () => void reopen(cache, open))
  attempt(offer, cache, {
    taskIds: ids(open),
    apply: (shown) => shown && { ...shown, completedAt },
    send: one(open, tasksApi.complete, { action: 'complete', ids: ids(open) }),
    refused: `${quoted(open)} could not be completed`,
    lingerMs: LINGER_MS,
  })
}

function reopen(cache: TaskCache, tasks: readonly Task[]): void {
  attempt(null, cache, {
    taskIds: ids(tasks),
    apply: (shown) => shown && { ...shown, completedAt: null },
    send: one(tasks, tasksApi.reopen, { action: 'reopen', ids: ids(tasks) }),
    refused: `${quoted(tasks)} could not be reopened`,
  })
}

function remove(cache: TaskCache, tasks: readonly Task[]): void {
  const deletedAt = new Date().toISOString()
  const offer = offerUndo(`${quoted(tasks)} deleted`, () => restore(cache, tasks))
  attempt(offer, cache, {
    taskIds: ids(tasks),
    apply: (shown) => shown && { ...shown, deletedAt },
    send: one(tasks, tasksApi.delete, { action: 'delete', ids: ids(tasks) }),
    refused: `${quoted(tasks)} could not be deleted`,
  })
}

function restore(cache: TaskCache, tasks: readonly Task[]): void {
  attempt(null, cache, {
    taskIds: ids(tasks),
    apply: (shown) => shown && { ...shown, deletedAt: null },
    send: one(tasks, tasksApi.restore, { action: 'restore', ids: ids(tasks) }),
    refused: `${quoted(tasks)} could not be restored`,
  })
}

function move(cache: TaskCache, tasks: readonly Task[], listId: string, listName: string): void {
  const back = () => Map.groupBy(tasks, (task) => task.listId).forEach((group, from) => sendMove(cache, group, from))
  sendMove(cache, tasks, listId, offerUndo(`${quoted(tasks)} moved to ${listName}`, back))
}

function sendMove(cache: TaskCache, tasks: readonly Task[], listId: string, offer: string | null = null): void {
  attempt(offer, cache, {
    taskIds: ids(tasks),
    apply: (shown) => shown && { ...shown, listId },
    send: one(tasks, (taskId, mutationId) => tasksApi.move(taskId, listId, mutationId), {
      action: 'move',
      ids: ids(tasks),
      listId,
    }),
    refused: `${quoted(tasks)} could not be moved`,
  })
}

function reorder(cache: TaskCache, task: Task, after: Task | null, next: Task | null): void {
  const rank = rankBetween(after, next)
  attempt(null, cache, {
    taskIds: [task.id],
    apply: (shown) => shown && { ...shown, rank },
    send: async (mutationId) => [await tasksApi.reorder(task.id, after?.id ?? null, mutationId)],
    refused: `${quoted([task])} could not be moved`,
  })
}

/** One task by its own route, several in one batch: all of them or none. */
function one(
  tasks: readonly Task[],
  single: (taskId: string, mutationId: string) => Promise<Task>,
  batch: Parameters<typeof tasksApi.batch>[0],
): TaskChange['send'] {
  const [only, ...others] = tasks
  if (only && others.length === 0) return async (mutationId) => [await single(only.id, mutationId)]
  return async (mutationId) => (await tasksApi.batch(batch, mutationId)).items
}

/** A refusal has been told by then; the offer to undo what never happened goes. */
function attempt(offer: string | null, cache: TaskCache, change: TaskChange): void {
  changeTasks(cache, change).catch(() => offer !== null && withdrawUndo(offer))
}

const ids = (tasks: readonly Task[]): string[] => tasks.map((task) => task.id)

function quoted(tasks: readonly Task[]): string {
  const [only, ...others] = tasks
  if (!only || others.length > 0) return `${tasks.length} tasks`
  return `“${only.title.length > 60 ? `${only.title.slice(0, 59)}…` : only.title}”`
}
