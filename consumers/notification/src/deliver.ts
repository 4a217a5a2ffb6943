import { setTimeout as delay } from 'node:timers/promises'
import type { Job } from '@todo/platform/job-scheduler'
import type { StateEntry } from '@todo/platform/state-store'
import { whyCalledOff } from './called-off.ts'
import type { CalledOff } from './called-off.ts'
import { CLAIM_TTL_SECONDS, LEASE_MS, SEND_TIMEOUT_MS, nextStep } from './claim.ts'
import type { Claim, Outcome } from './claim.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { keyOf } from './delivery.ts'
import type { Delivery, Parcel } from './delivery.ts'
import { isErased } from './erased-account.ts'
import { rememberFailed, takeFailed } from './failed-deliveries.ts'
import { outcomeEvents } from './outcome.ts'
import { lateJob, retryJob } from './retry-job.ts'
import { nextTryAt, send } from './send.ts'

const RECORD_AGAIN_MS = 250
const POSTPONED_MS = 5_000

/**
 * Sends a message over a channel, once: it is claimed first, and its outcome written down before it is told. Whoever
 * comes later finds the claim. Safe to run twice, at the same time too. What is late goes on by itself.
 * @throws when another one is at it, or too early: try again later; TooManyLateError before anything was done
 */
export async function deliver(ctx: DeliveryCtx, delivery: Delivery): Promise<void> {
  const { state, now } = ctx
  const key = keyOf(delivery)
  const due = await takeUp(ctx, delivery)
  if (!due) return
  const why = await whyCalledOff(state, delivery)
  if (why) return callOff(ctx, delivery, due, why)
  const { found, attempt } = due
  const parcel = ctx.pack(delivery)
  ctx.late.assertRoom(parcel.place)
  const until = new Date(now().getTime() + LEASE_MS)
  const claim: Claim = { status: 'sending', attempt, until: until.toISOString() }
  const claimed = await state.set(key, claim, { ifMatch: found?.etag ?? null, ttlSeconds: CLAIM_TTL_SECONDS })
  if (!claimed) throw new Error(`${key} was claimed by another one at the same moment`)
  // Frozen meanwhile, or answered late: another one may be sending before this one would be done.
  if (until.getTime() - now().getTime() < SEND_TIMEOUT_MS) throw new Error(`the claim of ${key} took too long`)
  const claimedTry = { ...delivery, attempt }
  const sending = sendAndRecord(ctx, claimedTry, parcel, until)
  await ctx.late.waitFor(parcel.place, sending, () => lookAfter(ctx, claimedTry))
}

interface Claimable {
  /** The claim to begin from. */
  found: StateEntry<Claim> | null
  attempt: number
}

/** What is to be tried now; null: it has an outcome, which is told again. @throws as `deliver` does */
async function takeUp(ctx: DeliveryCtx, delivery: Delivery): Promise<Claimable | null> {
  const { state, now } = ctx
  const key = keyOf(delivery)
  const unrecorded = ctx.unrecorded.get(key)
  if (unrecorded) {
    await record(ctx, delivery, unrecorded, now())
    return null
  }
  const found = await state.get<Claim>(key)
  const step = nextStep(found?.value ?? null, delivery.attempt, now())
  if (step === 'wait') throw new Error(`${key} is being sent by another one, or it is not its time yet`)
  if (step === 'send') return { found, attempt: Math.max(delivery.attempt, (found?.value.attempt ?? 0) + 1) }
  await tell(ctx, delivery, found?.value as Outcome)
  return null
}

/** Tells why in place of sending it. What may be taken back is looked at again when it would be tried again. */
async function callOff(
  ctx: DeliveryCtx,
  delivery: Delivery,
  { found, attempt }: Claimable,
  why: CalledOff,
): Promise<void> {
  const { state, now } = ctx
  const retryAt = why.isForGood ? null : nextTryAt({ ...delivery, attempt }, now())
  const what = { error: `not sent: ${why.reason}`, retryAt: retryAt?.toISOString() ?? null, isCalledOff: true }
  const outcome: Outcome = { status: 'failed', attempt, at: now().toISOString(), ...what }
  const key = keyOf(delivery)
  const isKept = await state.set(key, outcome, { ifMatch: found?.etag ?? null, ttlSeconds: CLAIM_TTL_SECONDS })
  if (!isKept) throw new Error(`${key} was claimed by another one at the same moment`)
  await tell(ctx, { ...delivery, attempt }, outcome)
}

async function sendAndRecord(ctx: DeliveryCtx, delivery: Delivery, parcel: Parcel, until: Date): Promise<void> {
  const outcome = await send(ctx, delivery, parcel)
  if (outcome.status === 'sent') ctx.unrecorded.set(keyOf(delivery), outcome)
  await record(ctx, delivery, outcome, until)
}

/**
 * Whoever looks then finds the outcome, or that nobody is sending any more. A whole lease from now, and not from the
 * claim: who was frozen for that long would call another one while it writes down what it sent.
 */
async function lookAfter(ctx: DeliveryCtx, delivery: Delivery): Promise<() => Promise<void>> {
  const look = lateJob(delivery, new Date(ctx.now().getTime() + LEASE_MS))
  await plan(ctx, delivery, look)
  return () => ctx.scheduler.cancel('notification', look.name)
}

/** Leaves the whole try for later: nothing of it was done. */
export async function postpone(ctx: DeliveryCtx, delivery: Delivery): Promise<void> {
  await plan(ctx, delivery, retryJob(delivery, new Date(ctx.now().getTime() + POSTPONED_MS)))
}

/**
 * While the state store is away, this process alone knows of a message that was sent. It tries for as long as its claim
 * keeps others from sending; what comes again later finds it in memory.
 */
async function record(ctx: DeliveryCtx, delivery: Delivery, outcome: Outcome, until: Date): Promise<void> {
  const key = keyOf(delivery)
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
async function tell(ctx: DeliveryCtx, delivery: Delivery, outcome: Outcome): Promise<void> {
  if (outcome.status === 'failed') {
    const { attempt, retryAt } = outcome
    const retry = retryAt === null ? null : retryJob({ ...delivery, attempt: attempt + 1 }, new Date(retryAt))
    await plan(ctx, delivery, retry)
  }
  await ctx.bus.publish(outcomeEvents(delivery, outcome))
  ctx.count(delivery, resultOf(outcome))
}

function resultOf(outcome: Outcome) {
  if (outcome.status === 'sent') return 'delivered'
  if (outcome.isCalledOff) return 'called-off'
  return outcome.retryAt === null ? 'failed' : 'retrying'
}

/** In this order, and looked at again: an account that is deleted meanwhile leaves nothing behind. */
async function plan({ state, scheduler }: DeliveryCtx, delivery: Delivery, retry: Job | null): Promise<void> {
  const { userId } = delivery.message.data
  const claim = keyOf(delivery)
  await rememberFailed(state, userId, { claim, job: retry?.name ?? null })
  if (retry) await scheduler.schedule('notification', retry)
  if (!(await isErased(state, userId))) return
  await takeFailed(state, userId)
  if (retry) await scheduler.cancel('notification', retry.name)
  await state.delete(claim)
}
