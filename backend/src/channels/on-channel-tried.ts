import { CHANNEL_KINDS } from '@todo/model/channels'
import type { ChannelKind } from '@todo/model/channels'
import type { TodoEvent } from '@todo/model/events'
import type { Ctx } from '../context.ts'
import { notificationIdOf, notify } from '../notifications/use-cases.ts'
import { findPerson } from '../profile/repo.ts'
import { insertDelivery } from '../reminders/repo.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { endpointName } from './repo.ts'
import { keepResult, switchOff } from './results.ts'

type Tried = TodoEvent<'channel.tried'>

/**
 * Keeps what became of something that was sent to an endpoint, or that was no reminder: in the log of the task, as the last
 * result of the channel, and in the notification centre when it was given up.
 */
export async function onChannelTried(ctx: Ctx, event: Tried): Promise<void> {
  const { userId, channelId, at, error, retryAt, isGone, about } = event.data
  const kind = CHANNEL_KINDS.find((known) => known === event.data.kind)
  // A kind of a later version, or somebody who has left.
  if (!kind || !(await findPerson(ctx.tx, userId))) return
  const title = await logReminder(ctx, event, kind)
  await keepResult(ctx, { userId, channel: channelId, at, error }, about === 'test' ? { sameWithinSeconds: 0 } : {})
  if (error === null) return
  if (isGone) return switchOff(ctx, event, { userId, channelId, kind, reason: error })
  if (retryAt === null && title !== null) await tellFailure(ctx, event, { kind, title })
}

/** Answers what a failure is said to be about; null for a test, whose result is looked at where it was asked for. */
async function logReminder({ tx }: Ctx, { id, data }: Tried, kind: ChannelKind): Promise<string | null> {
  const { about, taskId, reminderId, remindAt, userId, channelId, attempt, at, error, retryAt } = data
  if (about === 'digest') return 'The digest of the day'
  if (taskId === null || reminderId === null || remindAt === null) return null
  const task = await lockTaskOfSystem(tx, taskId)
  if (!task) return null
  await insertDelivery(tx, {
    event_id: id,
    reminder_id: reminderId,
    task_id: taskId,
    user_id: userId,
    remind_at: remindAt,
    channel: kind,
    channel_id: kind === 'email' ? null : channelId,
    status: error === null ? 'delivered' : retryAt ? 'retrying' : 'failed',
    attempt,
    at,
    error,
    retry_at: retryAt,
  })
  return task.title
}

async function tellFailure(
  ctx: Ctx,
  event: Tried,
  { kind, title }: { kind: ChannelKind; title: string },
): Promise<void> {
  const { userId, channelId, about, taskId, error } = event.data
  const what = about === 'digest' ? 'It' : 'The reminder'
  const body = `${what} could not be sent ${await wayOf(ctx, { userId, channelId, kind })}: ${error}`
  await notify(ctx, { id: notificationIdOf(event), userId, kind: 'delivery-failed', taskId, title, body })
}

/** As the person calls it; one that they have removed meanwhile has no name. */
async function wayOf(
  { tx }: Ctx,
  { userId, channelId, kind }: { userId: string; channelId: string; kind: ChannelKind },
): Promise<string> {
  if (kind === 'email' || kind === 'in-app') return WAYS[kind]
  const name = await endpointName(tx, { userId, id: channelId })
  return name === null ? WAYS[kind] : `to “${name}”`
}

const WAYS: Record<ChannelKind, string> = {
  email: 'by e-mail',
  'in-app': 'in the app',
  'web-push': 'by web push',
  webhook: 'to a webhook',
  ntfy: 'by ntfy',
}
