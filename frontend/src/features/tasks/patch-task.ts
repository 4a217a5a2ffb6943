import type { PatchTask, Task } from '@todo/model/task'
import { newId } from '../../api/new-id.ts'

/** What a patch makes of a task, until the server has answered with what it made. */
export function applyPatch(task: Task, patch: PatchTask): Task {
  const { recurrence, reminders, subtasks, scope: _, ...plain } = patch
  return {
    ...task,
    ...definedOnly(plain),
    ...(patch.due === undefined ? {} : { dueAt: null }),
    ...(recurrence === undefined
      ? {}
      : {
          recurrence: recurrence && {
            ...recurrence,
            start: recurrence.start ?? plain.due?.date ?? task.due?.date ?? '',
          },
        }),
    ...(reminders === undefined
      ? {}
      : { reminders: reminders.map((reminder) => ({ ...reminder, id: reminder.id ?? newId() })) }),
    ...(subtasks === undefined
      ? {}
      : { subtasks: subtasks.map((subtask) => ({ ...subtask, id: subtask.id ?? newId() })) }),
  }
}

/** The patch that puts back what another one changed. */
export function undoPatch(task: Task, patch: PatchTask): PatchTask {
  const { scope, ...fields } = patch
  const before = Object.keys(fields).map((field) => [field, task[field as keyof typeof fields]])
  return { ...Object.fromEntries(before), ...(scope && { scope }), ...movedRule(task, patch) }
}

/** The rule that goes back with a series that was moved: the move may have changed its day, and dropped days before its start. */
export function movedRule(task: Task, { due, scope }: PatchTask): Pick<PatchTask, 'recurrence'> {
  const { recurrence, occurrenceNumber } = task
  if (!recurrence || !task.due || due === undefined || scope !== 'following') return {}
  // In the middle of a series it would count from one again; and one that starts without a time may have got one here.
  const goesOn = (occurrenceNumber ?? 1) > 1 && recurrence.rule.includes('COUNT=')
  const startsAsDue = recurrence.start.includes('T') === (task.due.time !== null)
  return goesOn || !startsAsDue ? {} : { recurrence }
}

function definedOnly<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never
}
