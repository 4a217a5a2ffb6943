import type { PatchTask, Task } from '@todo/model/task'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type NewTask, tasksApi } from '../../api/tasks-api.ts'
import { offerUndo, rememberUndo, withdrawUndo } from '../undo/undo-stack.ts'
import { changeTasks } from './change-tasks.ts'
import { expectNextOccurrence } from './next-occurrence.ts'
import { optimisticTask } from './new-task.ts'
import { undoPatch } from './patch-task.ts'
import {
  type Place,
  sendComplete,
  sendEndSeries,
  sendMove,
  sendMoveBack,
  sendPatch,
  sendPatches,
  sendRemove,
  sendReopen,
  sendReorder,
  sendRestore,
  sendSkip,
  sendSnooze,
} from './send-changes.ts'
import { type TaskCache, taskCache } from './task-cache.ts'
import { quoted } from './task-words.ts'

export type TaskActions = ReturnType<typeof taskActions>

export function useTaskActions(): TaskActions {
  const client = useQueryClient()
  return useMemo(() => taskActions(taskCache(client)), [client])
}

/** Everything a person does to tasks: at once on screen, undoable, told when refused. */
function taskActions(cache: TaskCache) {
  return {
    create: (draft: NewTask, inboxId: string) => create(cache, draft, inboxId),
    patch: (tasks: readonly Task[], patch: PatchTask, done: string) => patchEach(cache, tasks, () => patch, done),
    /** Where what is to be changed depends on the task. */
    patchEach: (tasks: readonly Task[], patchOf: (task: Task) => PatchTask, done: string) =>
      patchEach(cache, tasks, patchOf, done),
    /** Changes as `patch` does, and leaves the way back to `offerBack`, for a change that is made in several steps. */
    adjust: (task: Task, patch: PatchTask) => sendPatch(cache, task, patch),
    offerBack: (task: Task, back: PatchTask, done: string) => void offerUndo(done, () => sendPatch(cache, task, back)),
    toggle: (tasks: readonly Task[]) =>
      tasks.every((task) => task.completedAt) ? reopen(cache, tasks) : complete(cache, tasks),
    /** Passes over one occurrence: the next one comes as after a completion. */
    skip: (task: Task) => skip(cache, task),
    endSeries: (task: Task) => endSeries(cache, task),
    /** @param when in words: `at 14:20` */
    snooze: (task: Task, until: string, when: string) => snooze(cache, task, until, when),
    remove: (tasks: readonly Task[]) => remove(cache, tasks),
    restore: (tasks: readonly Task[]) => restore(cache, tasks),
    move: (tasks: readonly Task[], listId: string, listName: string) => move(cache, tasks, listId, listName),
    reorder: (task: Task, from: Place, to: Place) => reorder(cache, task, from, to),
  }
}

function create(cache: TaskCache, draft: NewTask, inboxId: string): Promise<readonly Task[]> {
  const shown = optimisticTask(draft, inboxId, new Date())
  const memory = rememberUndo(`${quoted([shown])} added`, () => sendRemove(cache, [shown]))
  return changeTasks(cache, {
    taskIds: [draft.id],
    apply: () => shown,
    send: async (mutationId) => [await tasksApi.create(draft, mutationId)],
    refused: `${quoted([shown])} could not be added`,
    silent: true,
  }).catch((error: unknown) => {
    withdrawUndo(memory)
    throw error
  })
}

function patchEach(cache: TaskCache, tasks: readonly Task[], patchOf: (task: Task) => PatchTask, done: string): void {
  const patches = tasks.map((task) => ({ task, patch: patchOf(task) }))
  const back = () => patches.map(({ task, patch }) => ({ task, patch: undoPatch(before.get(task.id) ?? task, patch) }))
  const offer = offerUndo(done, () => void sendPatches(cache, back()))
  const before = sendPatches(cache, patches, offer)
}

function complete(cache: TaskCache, tasks: readonly Task[]): void {
  const open = tasks.filter((task) => !task.completedAt)
  const undo = () => sendReopen(cache, open)
  const offer = offerUndo(`${quoted(open)} done`, undo)
  expectNextOccurrence(open, { done: 'done', offer, undo })
  sendComplete(cache, open, offer)
}

function skip(cache: TaskCache, task: Task): void {
  const undo = () => sendReopen(cache, [task])
  const offer = offerUndo(`${quoted([task])} skipped`, undo)
  expectNextOccurrence([task], { done: 'skipped', offer, undo })
  sendSkip(cache, [task], offer)
}

function endSeries(cache: TaskCache, task: Task): void {
  const { recurrence } = task
  const offer = offerUndo(`${quoted([task])} is the last of its series`, () => sendPatch(cache, task, { recurrence }))
  sendEndSeries(cache, task, offer)
}

function reopen(cache: TaskCache, tasks: readonly Task[]): void {
  const memory = rememberUndo(`${quoted(tasks)} reopened`, () => sendComplete(cache, tasks))
  sendReopen(cache, tasks, memory)
}

function snooze(cache: TaskCache, task: Task, until: string, when: string): void {
  const { reminders } = task
  // A snooze is for this occurrence only, and so is its undoing.
  const back: PatchTask = task.recurrence ? { reminders, scope: 'this' } : { reminders }
  const offer = offerUndo(`${quoted([task])} comes again ${when}`, () => sendPatch(cache, task, back))
  sendSnooze(cache, task, until, offer)
}

function remove(cache: TaskCache, tasks: readonly Task[]): void {
  const offer = offerUndo(`${quoted(tasks)} deleted`, () => sendRestore(cache, tasks))
  sendRemove(cache, tasks, offer)
}

function restore(cache: TaskCache, tasks: readonly Task[]): void {
  const memory = rememberUndo(`${quoted(tasks)} restored`, () => sendRemove(cache, tasks))
  sendRestore(cache, tasks, memory)
}

function move(cache: TaskCache, tasks: readonly Task[], listId: string, listName: string): void {
  // To their places of before: a move alone puts them at the end.
  const back = () => sendMoveBack(cache, tasks)
  sendMove(cache, tasks, listId, offerUndo(`${quoted(tasks)} moved to ${listName}`, back))
}

function reorder(cache: TaskCache, task: Task, from: Place, to: Place): void {
  const memory = rememberUndo(`${quoted([task])} moved`, () => sendReorder(cache, task, from))
  sendReorder(cache, task, to, memory)
}
