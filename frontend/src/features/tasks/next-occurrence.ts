import type { Task } from '@todo/model/task'
import { isUndoOffered, offerUndo } from '../undo/undo-stack.ts'

const EXPECTED_FOR_MS = 15_000

interface Finished {
  /** What became of the one before: `done`. */
  done: string
  offer: string
  undo: () => void
}

interface Expectation extends Finished {
  title: string
  completedId: string
}

const expected = new Map<string, Expectation>()

/**
 * The server makes the next occurrence of a completed task a moment later: when it comes, the toast says when it is.
 */
export function expectNextOccurrence(completed: readonly Task[], finished: Finished): void {
  const [task, ...others] = completed
  if (!task?.recurrence || others.length > 0) return
  const seriesId = task.seriesId ?? task.id
  expected.set(seriesId, { title: task.title, completedId: task.id, ...finished })
  setTimeout(() => expected.delete(seriesId), EXPECTED_FOR_MS)
}

/** A task arrived: is it the one that was waited for? `describe` words its due date: `tomorrow`. */
export function announceNextOccurrence(task: Task, describe: (task: Task) => string): void {
  const expectation = task.seriesId === null ? undefined : expected.get(task.seriesId)
  if (!expectation || task.completedAt || task.id === expectation.completedId || task.seriesId === null) return
  expected.delete(task.seriesId)
  if (!isUndoOffered(expectation.offer)) return
  const { title, done, undo, offer } = expectation
  offerUndo(`“${title}” ${done}. Next: ${describe(task)}`, undo, offer)
}
