import { remindersWithoutDue } from '@todo/model/due'
import type { PatchTask, Task } from '@todo/model/task'
import { writableList } from '../access.ts'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { identifyReminders } from '../reminders/sync-reminders.ts'
import { identifySubtasks } from './content.ts'
import { rankAtEnd } from './rank.ts'
import { scheduleOf } from './schedule.ts'
import type { Schedule } from './schedule.ts'

/** What a patch makes of a task's fields; a field that was not sent is not among them. */
export function mergeTask(ctx: Ctx, access: Access, task: Task, patch: PatchTask): Partial<Task> {
  const { due, recurrence, reminders, subtasks, listId, rank, ...plain } = patch
  return {
    ...plain,
    ...mergedSchedule(task, { due, recurrence }, access.timeZone),
    ...mergedReminders(task, { due, reminders }),
    ...(subtasks ? { subtasks: identifySubtasks(subtasks) } : {}),
    ...mergedPlace(ctx, access, task, listId),
    ...(rank === undefined ? {} : { rank }),
  }
}

function mergedSchedule(
  task: Task,
  { due, recurrence }: Pick<PatchTask, 'due' | 'recurrence'>,
  timeZone: string,
): Partial<Schedule> {
  if (due === undefined && recurrence === undefined) return {}
  return scheduleOf(task, { due: due === undefined ? task.due : due, recurrence }, timeZone)
}

function mergedReminders(
  task: Task,
  { due, reminders }: Pick<PatchTask, 'due' | 'reminders'>,
): Pick<Partial<Task>, 'reminders'> {
  if (reminders) return { reminders: identifyReminders(reminders, task.reminders) }
  return due === null ? { reminders: remindersWithoutDue(task.reminders) } : {}
}

/** In another list it goes to the end. */
function mergedPlace(ctx: Ctx, access: Access, task: Task, listId: string | undefined): Partial<Task> {
  if (listId === undefined || listId === task.listId) return {}
  const { id } = writableList(access, listId)
  return { listId: id, rank: rankAtEnd(ctx) }
}
