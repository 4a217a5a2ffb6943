import { taskState } from '@todo/model/task'
import type { Task } from '@todo/model/task'
import type { Ctx, Tx } from '../context.ts'
import { markReadOfTasks, markUnreadOfTasks } from '../notifications/use-cases.ts'
import type { AboutTasks } from '../notifications/repo.ts'
import { tasksTriedAgain } from './deliveries.ts'

/**
 * What a task reminded of has been heard once the task is over, or reminds no more; and not where that is taken back:
 * a task that was done by a slip loses no reminder.
 */
export async function rememberHeard(
  ctx: Ctx,
  userId: string,
  { before, task }: { before: Task; task: Task },
): Promise<void> {
  const [was, at] = [endOf(before), endOf(task)]
  const about = { userId, of: { taskId: task.id }, kind: 'reminder' } as const
  if (reminds(before) && !reminds(task)) return markHeard(ctx, about, at ?? ctx.now())
  if (was && taskState(task) === 'open') await markUnreadOfTasks(ctx, about, was)
  if (!reminds(before) && reminds(task)) await tellTries(ctx, about.of, { at: after(was, ctx.now()), isHeard: false })
}

const reminds = (task: Task) => taskState(task) === 'open' && task.reminders.length > 0

/** When a task was done, or went into the bin: what it had reminded of is read as of that moment. */
function endOf({ completedAt, deletedAt }: Task): Date | null {
  const at = deletedAt ?? completedAt
  return at === null ? null : new Date(at)
}

/** What is taken back is later than the end that it takes back, by whichever clock that was. */
const after = (was: Date | null, now: Date) => new Date(Math.max(now.getTime(), (was?.getTime() ?? 0) + 1))

/** It is read in the notification centre, and what waits for another try elsewhere is not sent. */
export async function markHeard(ctx: Ctx, about: AboutTasks, at: Date): Promise<void> {
  await markReadOfTasks(ctx, about, at)
  await tellTries(ctx, about.of, { at, isHeard: true })
}

/** Takes back what `markHeard` did with this time. */
export async function markUnheard(ctx: Ctx, about: AboutTasks, was: Date): Promise<void> {
  await markUnreadOfTasks(ctx, about, was)
  await tellTries(ctx, about.of, { at: after(was, ctx.now()), isHeard: false })
}

async function tellTries(ctx: Ctx, of: AboutTasks['of'], told: { at: Date; isHeard: boolean }): Promise<void> {
  for (const taskId of await tasksTriedAgain(ctx.tx, of)) tell(ctx, taskId, told)
}

/**
 * Something said of a task waits for another try, or was kept back: whoever ended the task, or opened it again, may not
 * have known of it.
 */
export async function tellWhetherHeard(ctx: Ctx, task: Task, { isKeptBack }: { isKeptBack: boolean }): Promise<void> {
  const over = endOf(task) ?? (await binnedWith(ctx.tx, task)) ?? (reminds(task) ? null : ctx.now())
  if (over && !isKeptBack) tell(ctx, task.id, { at: over, isHeard: true })
  if (!over && isKeptBack) tell(ctx, task.id, { at: ctx.now(), isHeard: false })
}

/** When its list went into the bin. */
async function binnedWith(tx: Tx, { listId }: Task): Promise<Date | null> {
  const list = await tx.selectFrom('list').select('deleted_at').where('id', '=', listId).executeTakeFirst()
  return list?.deleted_at ? new Date(list.deleted_at) : null
}

function tell({ emit }: Ctx, taskId: string, { at, isHeard }: { at: Date; isHeard: boolean }): void {
  emit('reminder.heard', taskId, { taskId, at: at.toISOString(), isHeard })
}
