import { DeliveryError } from '../delivery-error.ts'
import type { OutboundAnswer } from './outbound.ts'

/** What the status codes of one kind of receiver mean beyond HTTP. */
export interface Meanings {
  /** It will never take anything again. */
  gone: readonly number[]
  /** It will not take this one however often it comes. */
  forGood: readonly number[]
  /** More than the code says, for the person. */
  words?: Record<number, string>
}

/**
 * Anything but 2xx is a refusal; one that is not for good may be taken later. What the other side writes is not in the
 * error: with private addresses allowed, it would show people what is inside.
 * @throws DeliveryError
 */
export function assertTaken(
  place: string,
  { status, retryAfter, text }: OutboundAnswer,
  meanings: Meanings,
  now: Date,
): void {
  if (status >= 200 && status < 300) return
  const words = meanings.words?.[status] ?? (status >= 300 && status < 400 ? 'redirects are not followed' : null)
  throw new DeliveryError(`${place} answered ${status}${words ? `: ${words}` : ''}`, {
    answer: text,
    isGone: meanings.gone.includes(status),
    isForGood: [...meanings.gone, ...meanings.forGood].includes(status),
    retryAfterMs: status === 429 || status === 503 ? retryAfterMs(retryAfter, now) : null,
  })
}

/** RFC 9110 §10.2.3: seconds, or a date. Null for neither. */
function retryAfterMs(text: string | undefined, now: Date): number | null {
  if (text === undefined) return null
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : at - now.getTime()
}
