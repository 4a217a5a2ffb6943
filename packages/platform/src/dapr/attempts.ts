/**
 * How often this process has tried each message that failed. Dapr does not say it, and keeping it elsewhere would be a
 * write per event: so a restart, or another replica, begins anew.
 */
export class Attempts {
  readonly #limit: number
  readonly #counts = new Map<string, number>()

  /** @param limit messages remembered; beyond it the one that rested longest is forgotten */
  constructor(limit = 10_000) {
    this.#limit = limit
  }

  /** Counts a try, and answers which it is, from 1. */
  begin(message: string): number {
    const attempt = (this.#counts.get(message) ?? 0) + 1
    this.#counts.delete(message)
    this.#counts.set(message, attempt)
    if (this.#counts.size > this.#limit) this.forget(this.#counts.keys().next().value!)
    return attempt
  }

  /** A try that says nothing about the message. */
  takeBack(message: string): void {
    const attempt = (this.#counts.get(message) ?? 0) - 1
    if (attempt > 0) this.#counts.set(message, attempt)
    else this.#counts.delete(message)
  }

  forget(message: string): void {
    this.#counts.delete(message)
  }
}
