import type { EventData, TodoEvent } from '@todo/model/events'
import { PermanentError } from '@todo/platform/errors'
import { whyCalledOff } from './called-off.ts'
import { CLAIM_TTL_SECONDS, firingKey } from './claim.ts'
import type { Claim } from './claim.ts'
import { deliver } from './deliver.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { isErased } from './erased-account.ts'
import { readRetryJob } from './retry-job.ts'

/** What comes again so soon is no replay: the bus brings an event twice now and then. */
const DOUBLES_MS = 60_000

/**
 * A reminder that was given up becomes a dead letter, so that the operator sees it; replayed, it is sent.
 * @throws PermanentError for the letter
 */
export async function onReminderGivenUp(ctx: DeliveryCtx, { data }: TodoEvent<'reminder.given-up'>): Promise<void> {
  const { state, now } = ctx
  if (await isErased(state, data.userId)) return
  const key = firingKey(data, data.channelId)
  const found = await state.get<Claim>(key)
  const claim = found?.value
  if (claim?.status === 'sent') return
  if (claim?.status === 'sending') throw new Error(`${key} is being sent`)
  // Replayed before, and given up again: that made a letter of its own.
  if (claim && claim.attempt > data.attempt) return
  const delivery = claim?.givenUp && readRetryJob(claim.givenUp.job)
  if (!claim?.givenUp || !delivery) throw asLetter(data, 'nothing is kept of it any more')
  const { job, letterAt } = claim.givenUp
  if (letterAt === null) {
    const kept: Claim = { ...claim, givenUp: { job, letterAt: now().toISOString() } }
    const isKept = await state.set(key, kept, { ifMatch: found!.etag, ttlSeconds: CLAIM_TTL_SECONDS })
    if (!isKept) throw new Error(`${key} was changed at the same moment`)
    throw asLetter(data)
  }
  if (now().getTime() - Date.parse(letterAt) < DOUBLES_MS) throw asLetter(data)
  // It stays a letter for as long as its task may be opened again.
  const why = await whyCalledOff(state, delivery)
  if (why && !why.isForGood) throw asLetter(data, `not sent again: ${why.reason}`)
  await deliver(ctx, { ...delivery, attempt: claim.attempt + 1 })
}

function asLetter({ kind, attempt, error }: EventData<'reminder.given-up'>, more?: string): PermanentError {
  const tries = attempt === 1 ? 'one try' : `${attempt} tries`
  return new PermanentError(`${kind}, given up after ${tries}: ${error}${more ? ` (${more})` : ''}`)
}
