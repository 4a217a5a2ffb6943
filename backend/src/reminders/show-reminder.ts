import { v5 as uuidv5 } from 'uuid'
import { dueWords } from '@todo/model/due-words'
import type { Task } from '@todo/model/task'
import { keepResult } from '../channels/results.ts'
import type { Ctx } from '../context.ts'
import { notificationIdOf, notify } from '../notifications/use-cases.ts'
import type { Person } from '../profile/repo.ts'
import { insertDelivery } from './deliveries.ts'
import type { ReminderRef } from './repo.ts'

/** Namespace of the ids of showing a reminder: each follows from the firing. */
const SHOWN = '0b6d2a3e-3f0c-5c58-9a51-6a7a3f0e9d42'

/** The day in full, since it may be read on another one: `Tue, 1 Dec 2026, 09:00`. */
const DUE_STYLE = {
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const

/**
 * Puts a reminder into the notification centre and the log of its task, in the transaction that fires it: that needs no
 * broker and no other service. The same firing twice is shown once.
 */
export async function showReminder(
  ctx: Ctx,
  { taskId, reminderId, remindAt }: ReminderRef,
  { task, person }: { task: Task; person: Person },
): Promise<void> {
  const id = uuidv5(`${reminderId}.${Date.parse(remindAt)}`, SHOWN)
  const at = ctx.now().toISOString()
  await insertDelivery(ctx.tx, {
    event_id: id,
    reminder_id: reminderId,
    task_id: taskId,
    user_id: person.id,
    remind_at: remindAt,
    channel: 'in-app',
    status: 'delivered',
    attempt: 1,
    at,
    error: null,
  })
  await keepResult(ctx, { userId: person.id, channel: 'in-app', at, error: null })
  await notifyReminder(ctx, { id }, { task, person })
}

/** @param source what the notification follows from: the same twice is one */
export async function notifyReminder(
  ctx: Ctx,
  source: { id: string },
  { task, person }: { task: Task; person: Person },
): Promise<void> {
  const due = dueWords(task, person, DUE_STYLE)
  const body = due ? `Due ${due}` : ''
  const id = notificationIdOf(source)
  await notify(ctx, { id, userId: person.id, kind: 'reminder', taskId: task.id, title: task.title, body })
}
