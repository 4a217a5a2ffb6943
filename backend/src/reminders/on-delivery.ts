import type { TodoEvent } from '@todo/model/events'
import { keepResult, switchOff } from '../channels/results.ts'
import type { Ctx } from '../context.ts'
import { notificationIdOf, notify } from '../notifications/use-cases.ts'
import { findPerson } from '../profile/repo.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { insertDelivery } from './repo.ts'
import { notifyReminder } from './show-reminder.ts'

type Outcome = TodoEvent<'reminder.delivered'> | TodoEvent<'reminder.failed'>

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
  const { userId, channel } = data
  await keepResult(ctx, { userId, channel, at: data.at, error: failure.error })
  // Fired by a backend of before, which did not show it itself.
  if (status === 'delivered' && channel === 'in-app') {
    const person = await findPerson(ctx.tx, userId)
    if (person) await notifyReminder(ctx, event, { task, person })
  }
  if ('isGone' in data && data.isGone) {
    await switchOff(ctx, event, { userId, channelId: channel, kind: channel, reason: data.error })
  } else if (status === 'failed') {
    const body = `The reminder could not be sent by e-mail: ${failure.error ?? 'the reason is not known'}`
    const id = notificationIdOf(event)
    await notify(ctx, { id, userId, kind: 'delivery-failed', taskId: data.taskId, title: task.title, body })
  }
}
