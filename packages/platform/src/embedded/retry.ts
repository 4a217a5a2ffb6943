export interface RetryPolicy {
  /** Deliveries of one event to one consumer, the first included; then it is a dead letter. */
  attempts: number
  firstDelayMs: number
  /** The delays double up to this. */
  maxDelayMs: number
}

/** 1 s, 2 s, 4 s … 10 min: an event is given up after 12 tries in about 37 minutes. */
export const EVENT_RETRY: RetryPolicy = { attempts: 12, firstDelayMs: 1_000, maxDelayMs: 600_000 }

/** How long to wait after the `attempt`-th try (from 1) has failed. */
export function retryDelayMs({ firstDelayMs, maxDelayMs }: RetryPolicy, attempt: number): number {
  return Math.min(firstDelayMs * 2 ** (attempt - 1), maxDelayMs)
}
