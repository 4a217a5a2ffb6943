/**
 * Longer than any pause between two tries (10 minutes at most). What was not tried again by then has gone to another
 * replica.
 */
const FORGET_MS = 15 * 60_000

interface Unhandled {
  /** When it happened, in epoch milliseconds. */
  since: number
  triedAt: number
}

/** What a consumer was given and has not handled yet, the tries that failed included. */
export class UnhandledEvents {
  readonly #events = new Map<string, Unhandled>()

  tried(event: string, since: number, now: number): void {
    this.#events.set(event, { since, triedAt: now })
  }

  done(event: string): void {
    this.#events.delete(event)
  }

  /** Of the oldest; 0 when there is none. */
  oldestAgeMs(now: number): number {
    let oldest = now
    for (const [event, { since, triedAt }] of this.#events) {
      if (now - triedAt > FORGET_MS) this.#events.delete(event)
      else oldest = Math.min(oldest, since)
    }
    return now - oldest
  }
}
