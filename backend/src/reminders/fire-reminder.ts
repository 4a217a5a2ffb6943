import { nextRepeat } from '@todo/model/next-ring'
import type { Task } from '@todo/model/task'
import { recipientOfMessage } from '../channels/recipient.ts'
import type { MailRules, Recipient } from '../channels/recipient.ts'
import type { Ctx } from '../context.ts'
import { dropUnreadReminders } from '../notifications/repo.ts'
import { findPerson } from '../profile/repo.ts'
import type { Person } from '../profile/repo.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { scheduleAlarm } from './job.ts'
import { holdBack, quietUntil, silenced } from './quiet-hours.ts'
import { claimReminder, repeatReminder } from './repo.ts'
import type { ReminderRef } from './repo.ts'
import { showReminder } from './show-reminder.ts'

/**
 * Fires a reminder whose time has come, once, however often and by whomever it is called: the alarm, the reconciler,
 * a second replica. A reminder that was moved, cancelled or fired is none of this call's business: false then.
 */
export async function fireReminder(ctx: Ctx, reminder: ReminderRef, rules: MailRules): Promise<boolean> {
  const firedAt = ctx.now()
  // The task before its reminders, as whoever changes it does: otherwise each would wait for what the other has.
  const task = await lockTaskOfSystem(ctx.tx, reminder.taskId)
  const userId = task && (await claimReminder(ctx.tx, reminder, firedAt))
  const person = userId && (await findPerson(ctx.tx, userId))
  if (!person) return false
  const until = await quietUntil(ctx, person)
  const recipient = await recipientOfMessage(ctx.tx, person, { about: 'reminders', rules })
  tellDue(ctx, reminder, { task, person, recipient: until ? silenced(recipient) : recipient, firedAt })
  const { repeatMinutes } = task.reminders.find(({ id }) => id === reminder.reminderId) ?? {}
  // One that repeats is one line to read, however often it came.
  if (repeatMinutes) await dropUnreadReminders(ctx.tx, person.id, task.id)
  await showReminder(ctx, reminder, { task, person })
  // What repeats comes again by itself when the quiet hours end.
  if (repeatMinutes) {
    const remindAt = until ?? nextRepeat(reminder.remindAt, repeatMinutes, firedAt)
    await ringAgain(ctx, { ...reminder, remindAt }, until)
  } else if (until) await holdBack(ctx, reminder, until)
  return true
}

async function ringAgain(ctx: Ctx, reminder: ReminderRef, heldUntil: string | null): Promise<void> {
  await repeatReminder(ctx.tx, reminder, heldUntil)
  scheduleAlarm(ctx, reminder)
}

interface Due {
  task: Task
  person: Person
  recipient: Recipient
  /** Before the person was looked at: of a channel that is stopped a moment later, this was said before. */
  firedAt: Date
}

/** Says that a reminder is due, and by which ways it is to be sent. */
export function tellDue(ctx: Ctx, reminder: ReminderRef, { task, person, recipient, firedAt }: Due): void {
  ctx.emit('reminder.due', task.id, {
    ...reminder,
    userId: person.id,
    title: task.title,
    dueAt: task.dueAt,
    due: task.due,
    firedAt: firedAt.toISOString(),
    recipient,
  })
}
