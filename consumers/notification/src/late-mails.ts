import { within } from '@todo/platform/within'
import type { RunningWork } from './running-work.ts'

/** How long a handler waits for its mail: a mail server of ours or nearby takes one in less. */
const PATIENCE_MS = 1_000
/** About so many go on without their handlers, two for each connection: more would be given up while they wait in line. */
const MOST = 10

/** Too many mails wait for the server. This one was not begun: it is to be tried again later. */
export class TooManyLateError extends Error {
  override name = 'TooManyLateError'
}

/**
 * Mails that take longer than their handlers wait for them: a handler is needed for what is to be shown in the app, which
 * must not wait behind a mail server that hangs. While one is late, nobody waits for the next.
 */
export class LateMails {
  readonly #running: RunningWork
  #count = 0

  constructor(running: RunningWork) {
    this.#running = running
  }

  /** @throws TooManyLateError when no other may be begun */
  assertRoom(): void {
    if (this.#count >= MOST) throw new TooManyLateError('the mail server is slow, and too many mails wait for it')
  }

  /**
   * Waits for a mail as long as it is not late, and lets it go on alone then.
   * @param lookAfter plans what happens when this process does not live to see its end, and answers how to call that off
   * @throws what the mail throws, or would throw later where nothing could be planned
   */
  async waitFor(sending: Promise<void>, lookAfter: () => Promise<() => Promise<void>>): Promise<void> {
    if (await within(this.#count > 0 ? 0 : PATIENCE_MS, sending)) return
    this.#count += 1
    const ended = sending.finally(() => (this.#count -= 1))
    this.#running.keep(ended)
    const callOff = await lookAfter().catch(() => null)
    if (callOff === null) return ended
    this.#running.keep(ended.then(callOff))
  }
}
