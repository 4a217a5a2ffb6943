import { within } from '@todo/platform/within'
import type { RunningWork } from './running-work.ts'

/** How long a handler waits for its message: a server of ours or nearby takes one in less. */
const PATIENCE_MS = 1_000
/** About so many go on without their handlers, two for each connection to a mail server: more would be given up in line. */
const MOST = 10

/** Too many wait for the same place. This one was not begun: it is to be tried again later. */
export class TooManyLateError extends Error {
  override name = 'TooManyLateError'
}

/**
 * Deliveries that take longer than their handlers wait for them: a handler is needed for what is to be shown in the app,
 * which must not wait behind a server that hangs. While one is late, nobody waits for the next to the same place, and
 * those to other places do not notice.
 */
export class LateDeliveries {
  readonly #running: RunningWork
  readonly #counts = new Map<string, number>()

  constructor(running: RunningWork) {
    this.#running = running
  }

  /** @throws TooManyLateError when no other may be begun */
  assertRoom(place: string): void {
    if (this.#count(place) >= MOST) throw new TooManyLateError(`${place} is slow, and too many messages wait for it`)
  }

  /**
   * Waits for a delivery as long as it is not late, and lets it go on alone then.
   * @param lookAfter plans what happens when this process does not live to see its end, and answers how to call that off
   * @throws what the delivery throws, or would throw later where nothing could be planned
   */
  async waitFor(place: string, sending: Promise<void>, lookAfter: () => Promise<() => Promise<void>>): Promise<void> {
    if (await within(this.#count(place) > 0 ? 0 : PATIENCE_MS, sending)) return
    this.#add(place, 1)
    const ended = sending.finally(() => this.#add(place, -1))
    this.#running.keep(ended)
    const callOff = await lookAfter().catch(() => null)
    if (callOff === null) return ended
    this.#running.keep(ended.then(callOff))
  }

  #count(place: string): number {
    return this.#counts.get(place) ?? 0
  }

  #add(place: string, change: 1 | -1): void {
    const count = this.#count(place) + change
    if (count === 0) this.#counts.delete(place)
    else this.#counts.set(place, count)
  }
}
