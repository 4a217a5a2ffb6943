import type { Due, PatchTask, Task } from '@todo/model/task'

/** The wall-clock start of a rule: the due date, with its time where it has one. */
export function startOf(due: Due): string {
  return due.time ? `${due.date}T${due.time}:00` : due.date
}

/**
 * A new due date for a task. A rule is counted from the due date, so it goes along: from the new date, or away with
 * the date; so do reminders that count back from it.
 */
export function duePatch(task: Pick<Task, 'recurrence' | 'reminders'>, due: Due | null): PatchTask {
  const { recurrence, reminders } = task
  const kept = due ? reminders : reminders.filter(({ kind }) => kind === 'absolute')
  return {
    due,
    ...(recurrence && { recurrence: due && { ...recurrence, start: startOf(due) } }),
    ...(kept.length < reminders.length && { reminders: kept }),
  }
}
