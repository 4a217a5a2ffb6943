import type { Task } from '@todo/model/task'

/** What a change makes of a task on screen; null: the task is not there (not yet made, or taken away). */
export type ApplyChange = (task: Task | null) => Task | null

interface PendingTask {
  /** The task as the server last told it. */
  base: Task | null
  changes: Map<string, ApplyChange>
}

/**
 * Changes that the server has not answered yet, laid over what it last said. A task on screen is always
 * base + changes, so an answer, a refusal and somebody else's change never undo what is still under way.
 */
export class PendingChanges {
  readonly #tasks = new Map<string, PendingTask>()

  begin(taskId: string, changeId: string, shown: Task | null, apply: ApplyChange): Task | null {
    const pending = this.#tasks.get(taskId) ?? { base: shown, changes: new Map<string, ApplyChange>() }
    pending.changes.set(changeId, apply)
    this.#tasks.set(taskId, pending)
    return this.overlay(taskId)
  }

  /** The change is answered (`answer`) or refused (no `answer`): what is on screen now. */
  settle(taskId: string, changeId: string, answer?: Task): Task | null {
    const pending = this.#tasks.get(taskId)
    if (!pending) return answer ?? null
    pending.changes.delete(changeId)
    if (answer && isNewer(answer, pending.base)) pending.base = answer
    const shown = this.overlay(taskId)
    if (pending.changes.size === 0) this.#tasks.delete(taskId)
    return shown
  }

  /** What the server says about a task, with the changes that it does not know yet. */
  rebase(task: Task): Task | null {
    const pending = this.#tasks.get(task.id)
    if (!pending) return task
    if (isNewer(task, pending.base)) pending.base = task
    return this.overlay(task.id)
  }

  /** Whether the server has still to answer this change of this task. */
  isUnderWay(taskId: string, changeId: string | null): boolean {
    return changeId !== null && this.#tasks.get(taskId)?.changes.has(changeId) === true
  }

  /** A task as the server last told it, while changes of it are under way; null when none are. */
  told(taskId: string): Task | null {
    return this.#tasks.get(taskId)?.base ?? null
  }

  private overlay(taskId: string): Task | null {
    const pending = this.#tasks.get(taskId)
    if (!pending) return null
    return [...pending.changes.values()].reduce((task, apply) => apply(task), pending.base)
  }
}

const isNewer = (task: Task, than: Task | null): boolean => than === null || task.version >= than.version
