import { recipientOfReminder } from '../channels/recipient.ts'
import type { Ctx } from '../context.ts'
import { findPerson } from '../profile/repo.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { claimReminder } from './repo.ts'
import type { ReminderRef } from './repo.ts'

/**
 * Fires a reminder whose time has come, once, however often and by whomever it is called: the alarm, the reconciler,
 * a second replica. A reminder that was moved, cancelled or fired is none of this call's business: false then.
 */
export async function fireReminder(ctx: Ctx, reminder: ReminderRef, secret: string): Promise<boolean> {
  const firedAt = ctx.now()
  const userId = await claimReminder(ctx.tx, reminder, firedAt)
  if (!userId) return false
  const task = await lockTaskOfSystem(ctx.tx, reminder.taskId)
  const person = await findPerson(ctx.tx, userId)
  if (!task || !person) return false
  ctx.emit('reminder.due', task.id, {
    ...reminder,
    userId,
    title: task.title,
    dueAt: task.dueAt,
    due: task.due,
    firedAt: firedAt.toISOString(),
    recipient: await recipientOfReminder(ctx.tx, person, secret),
  })
  return true
}
