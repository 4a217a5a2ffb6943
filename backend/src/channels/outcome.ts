import { CHANNEL_KINDS } from '@todo/model/channels'
import type { ChannelKind } from '@todo/model/channels'
import type { EventData } from '@todo/model/events'
import type { Ctx } from '../context.ts'
import { notificationIdOf, notify } from '../notifications/use-cases.ts'
import { findPerson } from '../profile/repo.ts'
import { insertDelivery } from '../reminders/deliveries.ts'
import { tellWhetherHeard } from '../reminders/heard.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { isBuiltIn } from './channel-id.ts'
import { endpointsOf } from './repo.ts'
import { keepResult, switchOff } from './results.ts'

/** What became of a try on a channel, whichever event tells it. */
export type Outcome = EventData<'channel.tried'>

/**
 * Keeps what became of something that was sent: in the log of the task, as the last result of the channel, and in the
 * notification centre when it was given up. @param event what tells it: the same twice is kept once
 */
export async function keepOutcome(ctx: Ctx, event: { id: string }, outcome: Outcome): Promise<void> {
  const { userId, channelId, at, error, retryAt, isGone, isCalledOff, about } = outcome
  const kind = CHANNEL_KINDS.find((known) => known === outcome.kind)
  const person = await findPerson(ctx.tx, userId)
  // A kind of a later version, or somebody who has left.
  if (!kind || !person) return
  // That a link for the account arrived, or is tried again, says nothing of the reminders that may be mailed there.
  if (about === 'link' && (error === null || retryAt !== null)) return
  const title = await logReminder(ctx, event, { outcome, kind })
  if (isCalledOff) return
  // An address that was theirs, or is to be, says nothing of the one that they have.
  const isTheirs = outcome.email === undefined || outcome.email === person.email
  const how = about === 'test' ? { sameWithinSeconds: 0 } : {}
  if (isTheirs) await keepResult(ctx, { userId, channel: channelId, at, error }, how)
  if (error === null) return
  if (isGone && isTheirs) return switchOff(ctx, event, { userId, channelId, kind, reason: error })
  if (retryAt !== null || title === null) return
  const way = await wayOf(ctx, outcome, person.emailReminders)
  if (way !== null) await tellFailure(ctx, event, { outcome, way, title })
}

interface OnChannel {
  outcome: Outcome
  kind: ChannelKind
}

/** Answers what a failure is said to be about; null for a test, whose result is looked at where it was asked for. */
async function logReminder(ctx: Ctx, event: { id: string }, { outcome, kind }: OnChannel): Promise<string | null> {
  const { tx } = ctx
  const { about, taskId, reminderId, remindAt, userId, channelId, attempt, at, error, retryAt, isCalledOff } = outcome
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
  if (retryAt !== null) await tellWhetherHeard(ctx, task, { isKeptBack: isCalledOff === true })
  return task.title
}

interface Failure {
  outcome: Outcome
  /** How it should have gone. */
  way: string
  title: string
}

async function tellFailure(ctx: Ctx, event: { id: string }, { outcome, way, title }: Failure): Promise<void> {
  const { userId, about, taskId, error } = outcome
  const what = about === 'digest' ? 'It' : 'The reminder'
  const body = `${what} could not be sent ${way}: ${error}`
  await notify(ctx, { id: notificationIdOf(event), userId, kind: 'delivery-failed', taskId, title, body })
}

/** In words; null where the person is not to be reached that way any more: that it failed is no news to them. */
async function wayOf({ tx }: Ctx, { userId, channelId }: Outcome, isMailed: boolean): Promise<string | null> {
  if (channelId === 'in-app') return 'in the app'
  if (isBuiltIn(channelId)) return isMailed ? 'by e-mail' : null
  const endpoint = (await endpointsOf(tx, userId)).find(({ id }) => id === channelId)
  return endpoint?.isOn ? `to “${endpoint.name}”` : null
}
