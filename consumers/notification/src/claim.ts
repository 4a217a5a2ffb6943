import { firingName, messageName } from './message.ts'
import type { Firing, Message } from './message.ts'

/** Where a message stands on one channel. Kept under `claimKey`, so that nobody sends what another one sends or sent. */
export type Claim =
  { status: 'sending'; attempt: number; until: string } | { status: 'sent'; attempt: number; at: string } | Failed

export interface Failed {
  status: 'failed'
  attempt: number
  at: string
  error: string
  /** null: given up. */
  retryAt: string | null
  /** Nothing will ever arrive there; left out by the version before. */
  isGone?: boolean
  /** It was not tried: nobody wants it there any more. */
  isCalledOff?: boolean
  /** What a dead letter is sent again from. */
  givenUp?: GivenUp
}

export interface GivenUp {
  /** Of a job that would make another try. */
  job: Record<string, unknown>
  /** When it became a dead letter; null: not yet. */
  letterAt: string | null
}

/** What became of a try. */
export type Outcome = Exclude<Claim, { status: 'sending' }>

export type Step = 'send' | 'report' | 'wait'

/**
 * How long a send may take in all, everything included; it is aborted then. Also with the server's answer outstanding:
 * such a message may have arrived, and its copy from the next try can be told: a mail by its Message-ID, a webhook by its
 * webhook-id.
 */
export const SEND_TIMEOUT_MS = 10_000

/**
 * Longer than a send: whoever finds a lease expired knows that its holder is not sending any more, because it died, or
 * because it gave up at least 5 s ago, which is time to write down the outcome. A process that was frozen after its claim
 * looks at the clock before it sends. What is left is one that is frozen in the middle of sending, and then goes on: two
 * mails with one Message-ID.
 */
export const LEASE_MS = 15_000

/** Events are redelivered for minutes and retried for hours; a dead letter may be replayed some days later. */
export const CLAIM_TTL_SECONDS = 7 * 24 * 60 * 60

/** Names one message on one channel. `[a-z0-9.-]`, so that a job can have it in its name. */
export function claimKey(message: Message, channelId: string): string {
  return `${messageName(message)}.${channelId}`
}

/** The key of a reminder by its firing alone. */
export function firingKey(firing: Firing, channelId: string): string {
  return `${firingName(firing)}.${channelId}`
}

/**
 * What is to be done by someone who wants to make the `attempt`-th try and finds this claim.
 * `report`: it has an outcome already, which may not have been told if somebody died over it.
 */
export function nextStep(claim: Claim | null, attempt: number, now: Date): Step {
  if (!claim) return 'send'
  if (claim.status === 'sending') return isPast(claim.until, now) ? 'send' : 'wait'
  if (claim.status === 'sent' || attempt <= claim.attempt) return 'report'
  // Given up, and yet another try: somebody replays its dead letter.
  if (claim.retryAt === null) return 'send'
  return isPast(claim.retryAt, now) ? 'send' : 'wait'
}

function isPast(instant: string, now: Date): boolean {
  return Date.parse(instant) <= now.getTime()
}
