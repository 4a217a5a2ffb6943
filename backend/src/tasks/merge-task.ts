import { remindersWithoutDue } from '@todo/model/due'
import type { PatchTask, Task } from '@todo/model/task'
import { invalidField } from '@todo/platform/errors'
import { writableList } from '../access.ts'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { identifyReminders } from '../reminders/sync-reminders.ts'
import { followingAfter } from './following.ts'
import { identifySubtasks } from './content.ts'
import { rankAtEnd } from './rank.ts'
import { movedSeries, scheduleOf } from './schedule.ts'
import type { Schedule } from './schedule.ts'

/** What a patch makes of a task's fields; a field that was not sent is not among them. */
export function mergeTask(ctx: Ctx, access: Access, task: Task, patch: PatchTask): Partial<Task> {
  const { due, recurrence, reminders, subtasks, listId, rank, scope, ...plain } = patch
  const merged: Partial<Task> = {
    ...plain,
    ...mergedSchedule(task, { due, recurrence, scope }, access.timeZone),
    ...mergedReminders(task, { due, reminders }),
    ...(subtasks ? { subtasks: identifySubtasks(subtasks) } : {}),
    ...mergedPlace(ctx, access, task, listId),
    ...(rank === undefined ? {} : { rank }),
  }
  return { ...merged, following: followingAfter(task, merged, scope) }
}

function mergedSchedule(
  task: Task,
  { due, recurrence, scope }: Pick<PatchTask, 'due' | 'recurrence' | 'scope'>,
  timeZone: string,
): Partial<Schedule> {
  if (due === undefined && recurrence === undefined) return {}
  if (scope === 'this' && recurrence !== undefined) {
    throw invalidField('scope', 'must be following: a rule is of the series, and not of one occurrence')
  }
  const isMove = scope === 'following' && recurrence === undefined && task.recurrence !== null
  const moved = isMove && due ? movedSeries(task, due, timeZone) : undefined
  const wanted = {
    due: due === undefined ? task.due : due,
    recurrence: moved ?? recurrence,
    isMoved: moved !== undefined,
  }
  return scheduleOf(task, wanted, timeZone)
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
