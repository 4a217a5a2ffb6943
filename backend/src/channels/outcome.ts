import { CHANNEL_KINDS } from '@todo/model/channels'
import type { ChannelKind } from '@todo/model/channels'
import type { EventData } from '@todo/model/events'
import type { Ctx } from '../context.ts'
import { notificationIdOf, notify } from '../notifications/use-cases.ts'
import { findPerson } from '../profile/repo.ts'
import { insertDelivery } from '../reminders/repo.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { isBuiltIn } from './channel-id.ts'
import { endpointName } from './repo.ts'
import { keepResult, switchOff } from './results.ts'

/** What became of a try on a channel, whichever event tells it. */
export type Outcome = EventData<'channel.tried'>

/**
 * Keeps what became of something that was sent: in the log of the task, as the last result of the channel, and in the
 * notification centre when it was given up. @param event what tells it: the same twice is kept once
 */
export async function keepOutcome(ctx: Ctx, event: { id: string }, outcome: Outcome): Promise<void> {
  const { userId, channelId, at, error, retryAt, isGone, about } = outcome
  const kind = CHANNEL_KINDS.find((known) => known === outcome.kind)
  const person = await findPerson(ctx.tx, userId)
  // A kind of a later version, or somebody who has left.
  if (!kind || !person) return
  // That a link for the account arrived, or is tried again, says nothing of the reminders that may be mailed there.
  if (about === 'link' && (error === null || retryAt !== null)) return
  const title = await logReminder(ctx, event, { outcome, kind })
  // An address that was theirs, or is to be, says nothing of the one that they have.
  const isTheirs = outcome.email === undefined || outcome.email === person.email
  const how = about === 'test' ? { sameWithinSeconds: 0 } : {}
  if (isTheirs) await keepResult(ctx, { userId, channel: channelId, at, error }, how)
  if (error === null) return
  if (isGone && isTheirs) return switchOff(ctx, event, { userId, channelId, kind, reason: error })
  if (retryAt === null && title !== null) await tellFailure(ctx, event, { outcome, kind, title })
}

interface OnChannel {
  outcome: Outcome
  kind: ChannelKind
}

/** Answers what a failure is said to be about; null for a test, whose result is looked at where it was asked for. */
async function logReminder({ tx }: Ctx, event: { id: string }, { outcome, kind }: OnChannel): Promise<string | null> {
  const { about, taskId, reminderId, remindAt, userId, channelId, attempt, at, error, retryAt } = outcome
  if (about === 'digest') return 'The digest of the day'
  if (taskId === null || reminderId === null || remindAt === null) return null
  const task = await lockTaskOfSystem(tx, taskId)
  if (!task) return null
  await insertDelivery(tx, {
    event_id: event.id,
    reminder_id: reminderId,
    task_id: taskId,
    user_id: userId,
    remind_at: remindAt,
    channel: kind,
    channel_id: isBuiltIn(channelId) ? null : channelId,
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
  event: { id: string },
  { outcome, kind, title }: OnChannel & { title: string },
): Promise<void> {
  const { userId, about, taskId, error } = outcome
  const what = about === 'digest' ? 'It' : 'The reminder'
  const body = `${what} could not be sent ${await wayOf(ctx, { outcome, kind })}: ${error}`
  await notify(ctx, { id: notificationIdOf(event), userId, kind: 'delivery-failed', taskId, title, body })
}

/** As the person calls it; one that they have removed meanwhile has no name. */
async function wayOf({ tx }: Ctx, { outcome: { userId, channelId }, kind }: OnChannel): Promise<string> {
  const name = isBuiltIn(channelId) ? null : await endpointName(tx, { userId, id: channelId })
  return name === null ? WAYS[kind] : `to “${name}”`
}

const WAYS: Record<ChannelKind, string> = {
  email: 'by e-mail',
  'in-app': 'in the app',
  'web-push': 'by web push',
  webhook: 'to a webhook',
  ntfy: 'by ntfy',
}
