import type { Task } from '@todo/model/task'
import { ApiError, describeError } from '../../api/api-error.ts'
import { newId } from '../../api/new-id.ts'
import { notify } from '../../ui/notify.ts'
import type { ApplyChange } from './pending-changes.ts'
import type { TaskCache } from './task-cache.ts'

export interface TaskChange {
  taskIds: readonly string[]
  apply: ApplyChange
  /** Asks the server; the same mutation id comes back on the live stream. */
  send: (mutationId: string) => Promise<readonly Task[]>
  /** What to say when the server refuses: `“Pay rent” could not be completed`. */
  refused: string
  /** How long the tasks stay where they are although they no longer belong there. */
  lingerMs?: number
  /** Keeps the refusal from being told in a toast, where the caller shows it itself. */
  silent?: boolean
}

/**
 * Changes tasks on screen at once, then on the server. A refusal puts back what was there, says so, and rejects.
 * Changes that have a task in common are sent one after the other.
 */
export async function changeTasks(cache: TaskCache, change: TaskChange): Promise<readonly Task[]> {
  const mutationId = newId()
  showChange(cache, change, mutationId)
  const mutation = cache.client.getMutationCache().build(cache.client, {
    retry: (failures: number, error: Error) => error instanceof ApiError && error.isOffline && failures < 2,
    mutationFn: () => change.send(mutationId),
    onSuccess: (answers: readonly Task[]) => settle(cache, change, mutationId, answers),
    onError: (error: Error) => {
      settle(cache, change, mutationId, [])
      if (!change.silent) void notify(change.refused, { description: describeError(error), tone: 'error' })
    },
  })
  return cache.turns.take(turnsOf(change), () => mutation.execute(undefined))
}

/** Batches also wait for each other: two that move tasks to one list put them there in their order. */
const turnsOf = ({ taskIds }: TaskChange): readonly string[] =>
  taskIds.length === 1 ? taskIds : [...taskIds, 'a batch']

function showChange(cache: TaskCache, change: TaskChange, mutationId: string): void {
  for (const taskId of change.taskIds) {
    if (change.lingerMs) cache.linger(taskId, change.lingerMs)
    cache.showOrForget(taskId, cache.pending.begin(taskId, mutationId, cache.find(taskId) ?? null, change.apply))
  }
}

function settle(cache: TaskCache, change: TaskChange, mutationId: string, answers: readonly Task[]): void {
  const answerById = new Map(answers.map((task) => [task.id, task]))
  for (const taskId of change.taskIds) {
    cache.showOrForget(taskId, cache.pending.settle(taskId, mutationId, answerById.get(taskId)))
  }
}
