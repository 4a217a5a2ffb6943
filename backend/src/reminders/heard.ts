import { taskState } from '@todo/model/task'
import type { Task } from '@todo/model/task'
import type { Ctx } from '../context.ts'
import { markReadOfTasks, markUnreadOfTasks } from '../notifications/use-cases.ts'

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
  if (reminds(before) && !reminds(task)) await markReadOfTasks(ctx, about, at ?? ctx.now())
  else if (was && taskState(task) === 'open') await markUnreadOfTasks(ctx, about, was)
}

const reminds = (task: Task) => taskState(task) === 'open' && task.reminders.length > 0

/** When a task was done, or went into the bin: what it had reminded of is read as of that moment. */
function endOf({ completedAt, deletedAt }: Task): Date | null {
  const at = deletedAt ?? completedAt
  return at === null ? null : new Date(at)
}
