import { setTimeout as delay } from 'node:timers/promises'
import { SpanKind } from '@opentelemetry/api'
import { errorMessage } from '@todo/platform/errors'
import type { Job } from '@todo/platform/job-scheduler'
import { inSpan } from '@todo/platform/tracing/span'
import { currentTraceparent } from '@todo/platform/tracing/trace-context'
import { retryAtAfter } from './backoff.ts'
import { CLAIM_TTL_SECONDS, LEASE_MS, SEND_TIMEOUT_MS, claimKey, nextStep } from './claim.ts'
import type { Claim, Outcome } from './claim.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { isErased } from './erased-account.ts'
import { rememberFailed, takeFailed } from './failed-mails.ts'
import { isRefusedForGood } from './mail/mail-failure.ts'
import { composeReminderMail } from './mail/reminder-mail.ts'
import { outcomeEvent } from './outcome.ts'
import type { Reminder } from './reminder.ts'
import { lateJob, retryJob } from './retry-job.ts'

const RECORD_AGAIN_MS = 250
const POSTPONED_MS = 5_000

export interface MailDelivery {
  reminder: Reminder
  /** Which try this is, from 1. */
  attempt: number
  traceparent?: string | undefined
}

/**
 * Sends a reminder by e-mail, once: it is claimed first, and its outcome written down before it is told. Whoever comes
 * later finds the claim. Safe to run twice, at the same time too. A mail that is late goes on by itself.
 * @throws when another one is at it, or too early: try again later; TooManyLateError before anything was done
 */
export async function deliverMail(ctx: DeliveryCtx, delivery: MailDelivery): Promise<void> {
  const { state, now } = ctx
  const key = claimKey(delivery.reminder, 'email')
  const unrecorded = ctx.unrecorded.get(key)
  if (unrecorded) return record(ctx, delivery, unrecorded, now())
  const found = await state.get<Claim>(key)
  const step = nextStep(found?.value ?? null, delivery.attempt, now())
  if (step === 'wait') throw new Error(`${key} is being sent by another one, or it is not its time yet`)
  if (step === 'report') return tell(ctx, delivery, found?.value as Outcome)
  ctx.late.assertRoom()
  const attempt = Math.max(delivery.attempt, (found?.value.attempt ?? 0) + 1)
  const until = new Date(now().getTime() + LEASE_MS)
  const claim: Claim = { status: 'sending', attempt, until: until.toISOString() }
  const claimed = await state.set(key, claim, { ifMatch: found?.etag ?? null, ttlSeconds: CLAIM_TTL_SECONDS })
  if (!claimed) throw new Error(`${key} was claimed by another one at the same moment`)
  // Frozen meanwhile, or answered late: another one may be sending before this one would be done.
  if (until.getTime() - now().getTime() < SEND_TIMEOUT_MS) throw new Error(`the claim of ${key} took too long`)
  const sending = sendAndRecord(ctx, delivery, attempt, until)
  await ctx.late.waitFor(sending, () => lookAfter(ctx, { ...delivery, attempt }, until))
}

async function sendAndRecord(ctx: DeliveryCtx, delivery: MailDelivery, attempt: number, until: Date): Promise<void> {
  const outcome = await send(ctx, delivery.reminder, attempt)
  if (outcome.status === 'sent') ctx.unrecorded.set(claimKey(delivery.reminder, 'email'), outcome)
  await record(ctx, delivery, outcome, until)
}

/** Whoever looks when the lease is over finds the outcome, or that nobody is sending any more. */
async function lookAfter(ctx: DeliveryCtx, delivery: MailDelivery, until: Date): Promise<() => Promise<void>> {
  const look = lateJob(delivery, until)
  await plan(ctx, delivery.reminder, look)
  return () => ctx.scheduler.cancel('notification', look.name)
}

/** Leaves the whole try for later: nothing of it was done. */
export async function postponeMail(ctx: DeliveryCtx, delivery: MailDelivery): Promise<void> {
  await plan(ctx, delivery.reminder, retryJob(delivery, new Date(ctx.now().getTime() + POSTPONED_MS)))
}

/**
 * While the state store is away, this process alone knows of a mail that was sent. It tries for as long as its claim
 * keeps others from sending; what comes again later finds it in memory.
 */
async function record(ctx: DeliveryCtx, delivery: MailDelivery, outcome: Outcome, until: Date): Promise<void> {
  const key = claimKey(delivery.reminder, 'email')
  const isOurs = await writeDownBy(ctx, key, outcome, until)
  ctx.unrecorded.delete(key)
  if (isOurs) await tell(ctx, delivery, outcome)
}

async function writeDownBy(ctx: DeliveryCtx, key: string, outcome: Outcome, until: Date): Promise<boolean> {
  for (;;) {
    try {
      return await writeDown(ctx, key, outcome)
    } catch (error) {
      if (outcome.status !== 'sent' || ctx.now() >= until) throw error
      await delay(RECORD_AGAIN_MS)
    }
  }
}

async function send(
  { mailer, settings, now, log, tracer }: DeliveryCtx,
  reminder: Reminder,
  attempt: number,
): Promise<Outcome> {
  try {
    const mail = composeReminderMail(reminder, settings)
    const span = { name: 'send mail', kind: SpanKind.CLIENT, parent: currentTraceparent() }
    await inSpan(tracer, span, () => mailer.send(mail))
    return { status: 'sent', attempt, at: now().toISOString() }
  } catch (error) {
    const { reminderId, remindAt } = reminder
    const retryAt = isRefusedForGood(error) ? null : retryAtAfter(attempt, now())
    log.warn({ reminderId, remindAt, attempt, retryAt, error: errorMessage(error) }, 'a mail could not be sent')
    const at = now().toISOString()
    return { status: 'failed', attempt, at, error: errorMessage(error), retryAt: retryAt?.toISOString() ?? null }
  }
}

/** That it was sent is true whoever holds the claim now; that it failed matters only while the claim is still ours. */
async function writeDown({ state, log }: DeliveryCtx, key: string, outcome: Outcome): Promise<boolean> {
  if (outcome.status === 'sent') return state.set(key, outcome, { ttlSeconds: CLAIM_TTL_SECONDS })
  const current = await state.get<Claim>(key)
  const isOurs = current?.value.status === 'sending' && current.value.attempt === outcome.attempt
  const options = { ifMatch: current?.etag ?? null, ttlSeconds: CLAIM_TTL_SECONDS }
  if (isOurs && (await state.set(key, outcome, options))) return true
  log.warn({ key }, 'another one has taken over; it tells what becomes of it')
  return false
}

/** Plans the next try and publishes what became of this one. Twice is once. */
async function tell(ctx: DeliveryCtx, delivery: MailDelivery, outcome: Outcome): Promise<void> {
  const { bus, count } = ctx
  const { reminder, traceparent } = delivery
  const { attempt, at } = outcome
  const told = { channel: 'email', attempt, at, traceparent } as const
  if (outcome.status === 'sent') {
    await bus.publish([outcomeEvent(reminder, told)])
    return count('email', 'delivered')
  }
  const { error, retryAt } = outcome
  const retry = retryAt === null ? null : retryJob({ ...delivery, attempt: attempt + 1 }, new Date(retryAt))
  await plan(ctx, reminder, retry)
  await bus.publish([outcomeEvent(reminder, { ...told, failure: { error, retryAt } })])
  count('email', retryAt ? 'retrying' : 'failed')
}

/** In this order, and looked at again: an account that is deleted meanwhile leaves nothing behind. */
async function plan({ state, scheduler }: DeliveryCtx, reminder: Reminder, retry: Job | null): Promise<void> {
  const { userId } = reminder
  const claim = claimKey(reminder, 'email')
  await rememberFailed(state, userId, { claim, job: retry?.name ?? null })
  if (retry) await scheduler.schedule('notification', retry)
  if (!(await isErased(state, userId))) return
  await takeFailed(state, userId)
  if (retry) await scheduler.cancel('notification', retry.name)
  await state.delete(claim)
}
