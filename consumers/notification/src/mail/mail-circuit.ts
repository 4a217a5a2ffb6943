import { errorMessage } from '@todo/platform/errors'
import { isAboutTheMail, isAborted } from './mail-failure.ts'

/** How long a server that could not be reached is left alone. */
const PAUSE_MS = 5_000

interface Outage {
  error: string
  until: number
}

/**
 * While the mail server is away, one mail at a time finds out whether it is back; the others fail at once, and are tried
 * again later. Without it, every reminder of a busy minute would hold a handler for the whole timeout, and those that
 * only want to be shown in the app would wait behind them.
 */
export class MailCircuit {
  readonly #now: () => Date
  #outage: Outage | null = null
  #isProbing = false

  constructor(now: () => Date) {
    this.#now = now
  }

  /** @throws what `send` throws, or at once while the server is away */
  async run(send: () => Promise<void>): Promise<void> {
    if (!this.#outage) return this.#watch(send)
    if (this.#isProbing || this.#now().getTime() < this.#outage.until) {
      throw new Error(`the mail server could not be reached a moment ago: ${this.#outage.error}`)
    }
    this.#isProbing = true
    try {
      await this.#watch(send)
    } finally {
      this.#isProbing = false
    }
  }

  async #watch(send: () => Promise<void>): Promise<void> {
    try {
      await send()
      this.#outage = null
    } catch (error) {
      if (isAboutTheMail(error)) this.#outage = null
      else if (!isAborted(error)) this.#outage = { error: errorMessage(error), until: this.#now().getTime() + PAUSE_MS }
      throw error
    }
  }
}
