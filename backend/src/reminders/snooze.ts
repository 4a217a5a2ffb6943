import { v7 as uuidv7 } from 'uuid'
import { LIMITS, taskState } from '@todo/model/task'
import type { Reminder, Task } from '@todo/model/task'
import { AppError, invalidField } from '@todo/platform/errors'
import type { Ctx } from '../context.ts'
import { markReadOfTasks } from '../notifications/use-cases.ts'
import { lockForChange } from '../tasks/lock-for-change.ts'
import type { OnTask } from '../tasks/lock-for-change.ts'
import { updateLocked } from '../tasks/use-cases.ts'
import { reminderJobName, scheduleAlarm } from './job.ts'
import { callOffHeld, postponeRepeating } from './repo.ts'

const YEAR_MS = 366 * 24 * 60 * 60_000

/**
 * Reminds of an open task once more, at this time, which what goes on until it is done waits for; what it was reminded of so far is read. Of a recurring one it is for
 * this occurrence only.
 * @throws 400 for a time that is past or more than a year ahead, 409 for a task that is done or in the bin
 */
export async function snoozeTask(ctx: Ctx, { until, ...target }: OnTask & { until: string }): Promise<Task> {
  const task = await lockForChange(ctx, target)
  const now = ctx.now().getTime()
  const ahead = Date.parse(until) - now
  if (ahead <= 0 || ahead > YEAR_MS) throw invalidField('until', 'must be a time from now to a year ahead')
  if (taskState(task) !== 'open') {
    throw new AppError('conflict', 'This task is not open: nobody has to be reminded of it.', { current: task })
  }
  for (const id of await callOffHeld(ctx.tx, task.id)) ctx.jobs.cancel(reminderJobName(task.id, id))
  const reminders = await snoozedReminders(ctx, task, until)
  await markReadOfTasks(ctx, { userId: target.access.userId, of: { taskId: task.id } })
  const scope = task.recurrence ? { scope: 'this' as const } : {}
  return updateLocked(ctx, target.access, task, { reminders, ...scope })
}

/** One that goes on until the task is done goes on at that time; without such a one there is a reminder for it. */
async function snoozedReminders(ctx: Ctx, task: Task, until: string): Promise<Reminder[]> {
  const now = ctx.now().getTime()
  const repeating = task.reminders.filter(({ repeatMinutes }) => repeatMinutes !== undefined)
  const ids = repeating.map(({ id }) => id)
  const postponed = await postponeRepeating(ctx, { taskId: task.id, ids, remindAt: until })
  for (const reminder of postponed) scheduleAlarm(ctx, reminder)
  const kept = task.reminders.filter(
    (reminder) => reminder.kind === 'relative' || reminder.repeatMinutes || Date.parse(reminder.at) > now,
  )
  if (postponed.length > 0) return kept
  if (kept.length >= LIMITS.reminders) {
    throw new AppError('conflict', `A task has at most ${LIMITS.reminders} reminders: remove one first.`, {
      current: task,
    })
  }
  return [...kept, { id: uuidv7(), kind: 'absolute', at: until }]
}
