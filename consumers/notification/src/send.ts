import { SpanKind } from '@opentelemetry/api'
import { quietEnd } from '@todo/model/quiet-hours'
import { errorMessage } from '@todo/platform/errors'
import { inSpan } from '@todo/platform/tracing/span'
import { currentTraceparent } from '@todo/platform/tracing/trace-context'
import { retryAtAfter } from './backoff.ts'
import type { GivenUp, Outcome } from './claim.ts'
import { DeliveryError } from './delivery-error.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { keyOf } from './delivery.ts'
import type { Delivery, Parcel } from './delivery.ts'
import { isExpired } from './message.ts'
import { tryAgainData } from './retry-job.ts'

/** What a person reads, and what is kept in several places. */
const LONGEST_ERROR = 500

/** Hands a parcel over; never throws. */
export async function send(ctx: DeliveryCtx, delivery: Delivery, { send }: Parcel): Promise<Outcome> {
  const { kind } = delivery.channel
  const name = kind === 'email' ? 'send mail' : `send ${kind}`
  try {
    await inSpan(ctx.tracer, { name, kind: SpanKind.CLIENT, parent: currentTraceparent() }, send)
    return { status: 'sent', attempt: delivery.attempt, at: ctx.now().toISOString() }
  } catch (error) {
    return failedOf(ctx, delivery, error)
  }
}

function failedOf({ log, now }: DeliveryCtx, delivery: Delivery, thrown: unknown): Outcome {
  const { message, channel, attempt } = delivery
  const error = errorMessage(thrown).slice(0, LONGEST_ERROR)
  const { isGone, isForGood, answer, retryAfterMs } =
    thrown instanceof DeliveryError ? thrown : new DeliveryError(error)
  // Whoever tests a channel looks at it: a test that arrives hours later says something else.
  const isOver = isForGood || message.about === 'test'
  const retryAt = isOver ? null : nextTryAt(delivery, now(), retryAfterMs)
  log.warn(
    { delivery: keyOf(delivery), kind: channel.kind, attempt, retryAt, error, answer },
    'a message could not be sent',
  )
  const outcome = { status: 'failed', attempt, at: now().toISOString(), error } as const
  if (retryAt) return { ...outcome, retryAt: retryAt.toISOString() }
  return { ...outcome, retryAt: null, ...(isGone ? { isGone } : keptForLetter(delivery)) }
}

/**
 * When it is tried again after this try; null: not any more. A phone rings in nobody's quiet hours, also for what could
 * not be sent before them.
 */
export function nextTryAt({ message, attempt }: Delivery, now: Date, retryAfterMs?: number): Date | null {
  const retryAt = retryAtAfter(attempt, now, retryAfterMs)
  if (!retryAt || isExpired(message, retryAt)) return null
  const { quiet, timeZone } = message.data.recipient
  return (quiet && quietEnd(quiet, retryAt, timeZone)) ?? retryAt
}

/** A digest of hours ago helps nobody, who tests a channel has been told, and a link is asked for again. */
function keptForLetter(delivery: Delivery): { givenUp?: GivenUp } {
  if (delivery.message.about !== 'reminder') return {}
  return { givenUp: { job: tryAgainData(delivery), letterAt: null } }
}
