import { v5 as uuidv5 } from 'uuid'
import { dueWords } from '@todo/model/due-words'
import type { TodoEvent } from '@todo/model/events'
import type { Ctx } from '../context.ts'
import { insertNotification } from '../notifications/repo.ts'
import { findPerson } from '../profile/repo.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { insertDelivery } from './repo.ts'

/** The day in full, since it may be read on another one: `Tue, 1 Dec 2026, 09:00`. */
const DUE_STYLE = {
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
} as const

type Outcome = TodoEvent<'reminder.delivered'> | TodoEvent<'reminder.failed'>

/** Namespace of ids of notifications: each follows from the event behind it. */
const NOTIFICATIONS = '5b3b1c0e-9f7d-5f0c-8f43-9f0f0a5d6a11'

/** Keeps the delivery log, and puts into the notification centre what the person should see there. */
export async function onDelivery(ctx: Ctx, event: Outcome): Promise<void> {
  const { data } = event
  const task = await lockTaskOfSystem(ctx.tx, data.taskId)
  if (!task) return
  const failure = 'error' in data ? { error: data.error, retryAt: data.retryAt } : { error: null, retryAt: null }
  const status = failure.error === null ? 'delivered' : failure.retryAt ? 'retrying' : 'failed'
  await insertDelivery(ctx.tx, {
    event_id: event.id,
    reminder_id: data.reminderId,
    task_id: data.taskId,
    user_id: data.userId,
    remind_at: data.remindAt,
    channel: data.channel,
    status,
    attempt: data.attempt,
    at: data.at,
    error: failure.error,
    retry_at: failure.retryAt,
  })
  if (status === 'delivered' && data.channel === 'in-app') {
    const person = await findPerson(ctx.tx, data.userId)
    const due = person && dueWords(task, person, DUE_STYLE)
    if (person) await notify(ctx, event, 'reminder', task.title, due ? `Due ${due}` : '')
  }
  if (status === 'failed') {
    const body = `The reminder could not be sent by e-mail: ${failure.error ?? 'the reason is not known'}`
    await notify(ctx, event, 'delivery-failed', task.title, body)
  }
}

async function notify(
  { tx, emit, now }: Ctx,
  event: Outcome,
  kind: 'reminder' | 'delivery-failed',
  title: string,
  body: string,
) {
  const { userId, taskId } = event.data
  const id = uuidv5(event.id, NOTIFICATIONS)
  await insertNotification(tx, {
    id,
    user_id: userId,
    kind,
    task_id: taskId,
    title,
    body,
    created_at: now(),
    read_at: null,
  })
  emit('view.changed', userId, { resource: 'notifications', id, audience: [userId], clientId: null })
}
