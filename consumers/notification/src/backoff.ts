const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Quick enough for a server that restarts, patient enough for one that is away for a morning. */
const RETRY_DELAYS_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR]

/**
 * When to try again after the `attempt`-th try (from 1) has failed, not before `retryAfterMs` where the other side asked
 * for that; null: a message this late helps nobody.
 */
export function retryAtAfter(attempt: number, now: Date, retryAfterMs = 0): Date | null {
  const delayMs = RETRY_DELAYS_MS[attempt - 1]
  if (delayMs === undefined) return null
  return new Date(now.getTime() + Math.max(delayMs, Math.min(retryAfterMs, HOUR)))
}
