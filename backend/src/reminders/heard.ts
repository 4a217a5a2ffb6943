import { taskState } from '@todo/model/task'
import type { Task } from '@todo/model/task'
import type { Ctx } from '../context.ts'
import { markReadOfTasks, markUnreadOfTasks } from '../notifications/use-cases.ts'
import type { AboutTasks } from '../notifications/repo.ts'
import { tasksTriedAgain } from './deliveries.ts'

/**
 * What a task reminded of has been heard once the task is over, or reminds no more; and not where its end is taken back:
 * a task that was done by a slip loses no reminder.
 */
export async function rememberHeard(
  ctx: Ctx,
  userId: string,
  { before, task }: { before: Task; task: Task },
): Promise<void> {
  const [was, at] = [endOf(before), endOf(task)]
  const about = { userId, of: { taskId: task.id }, kind: 'reminder' } as const
  if (reminds(before) && !reminds(task)) await markHeard(ctx, about, at ?? ctx.now())
  else if (was && taskState(task) === 'open') await markUnheard(ctx, about, was)
}

const reminds = (task: Task) => taskState(task) === 'open' && task.reminders.length > 0

/** When a task was done, or went into the bin: what it had reminded of is read as of that moment. */
function endOf({ completedAt, deletedAt }: Task): Date | null {
  const at = deletedAt ?? completedAt
  return at === null ? null : new Date(at)
}

/** It is read in the notification centre, and what waits for another try elsewhere is not sent any more. */
export async function markHeard(ctx: Ctx, about: AboutTasks, at: Date): Promise<void> {
  await markReadOfTasks(ctx, about, at)
  await tellTries(ctx, about, { at: at.toISOString(), isHeard: true })
}

/** Takes back what `markHeard` did with this time. */
export async function markUnheard(ctx: Ctx, about: AboutTasks, at: Date): Promise<void> {
  await markUnreadOfTasks(ctx, about, at)
  await tellTries(ctx, about, { at: ctx.now().toISOString(), isHeard: false })
}

/** Something said of a task is tried again, which may be over by now: whoever ended it did not know of that yet. */
export function tellIfHeard(ctx: Ctx, userId: string, task: Task): void {
  if (reminds(task)) return
  const at = (endOf(task) ?? ctx.now()).toISOString()
  ctx.emit('reminder.heard', task.id, { userId, taskId: task.id, at, isHeard: true })
}

async function tellTries(ctx: Ctx, { userId, of }: AboutTasks, told: { at: string; isHeard: boolean }): Promise<void> {
  for (const taskId of await tasksTriedAgain(ctx.tx, of, ctx.now())) {
    ctx.emit('reminder.heard', taskId, { userId, taskId, ...told })
  }
}
