import { isReached, recipientOfMessage } from '../channels/recipient.ts'
import type { MailRules } from '../channels/recipient.ts'
import type { Ctx } from '../context.ts'
import { findPerson } from '../profile/repo.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { tellDue } from './fire-reminder.ts'
import { holdBack, quietUntil } from './quiet-hours.ts'
import { claimHeld } from './repo.ts'
import type { ReminderRef } from './repo.ts'

/**
 * Sends what was held of a reminder, once, however often and by whomever it is called. Late, it may be quiet again.
 * What was called off meanwhile is none of this call's business: false then.
 */
export async function releaseReminder(ctx: Ctx, reminder: ReminderRef, rules: MailRules): Promise<boolean> {
  const firedAt = ctx.now()
  // First, as in `fireReminder`.
  const task = await lockTaskOfSystem(ctx.tx, reminder.taskId)
  const userId = task && (await claimHeld(ctx.tx, reminder, firedAt))
  const person = userId && (await findPerson(ctx.tx, userId))
  if (!person) return false
  const until = await quietUntil(ctx, person)
  if (until) await holdBack(ctx, reminder, until)
  else {
    const recipient = await recipientOfMessage(ctx.tx, person, { about: 'reminders', rules })
    // Every channel may have been switched off meanwhile.
    if (isReached(recipient)) tellDue(ctx, reminder, { task, person, recipient, firedAt })
  }
  return true
}
