import type { Due, PatchTask, Task } from '@todo/model/task'

/** The wall-clock start of a rule: the due date, with its time where it has one. */
export function startOf(due: Due): string {
  return due.time ? `${due.date}T${due.time}:00` : due.date
}

type Moved = Pick<Task, 'recurrence' | 'reminders' | 'occurrenceNumber' | 'completedAt'>

/**
 * A new due date for a task. Of a recurring one it is for this occurrence only, and the series goes on as planned; the
 * first one moves all of it, until it is done: then the next one is there. Without a date there is no rule, and no reminder that counts back from it.
 */
export function duePatch(task: Moved, due: Due | null): PatchTask {
  const { recurrence, reminders } = task
  const kept = due ? reminders : reminders.filter(({ kind }) => kind === 'absolute')
  return {
    due,
    ...(recurrence && due && movesSeries(task) && !task.completedAt && { scope: 'following' as const }),
    ...(recurrence && !due && { recurrence: null }),
    ...(kept.length < reminders.length && { reminders: kept }),
  }
}

/** Nothing was done yet that the plan would be counted from. */
export const movesSeries = ({ occurrenceNumber }: Pick<Task, 'occurrenceNumber'>): boolean =>
  occurrenceNumber === null || occurrenceNumber === 1
