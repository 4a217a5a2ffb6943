import { AppError } from '@todo/platform/errors'

/** Lets few files be read at once, and one of each person: what is read takes a core and much memory. */
export class ReadingTurns {
  readonly #most: number
  #running = 0
  readonly #waiting: (() => void)[] = []
  readonly #people = new Set<string>()

  /** @param most how many at once */
  constructor(most: number) {
    this.#most = most
  }

  /** @throws AppError while another file of this person waits or is read */
  async take<T>(userId: string, read: () => Promise<T>): Promise<T> {
    if (this.#people.has(userId)) {
      throw new AppError('too-many-requests', 'Another file of yours is being read: send this one when that is done.')
    }
    this.#people.add(userId)
    try {
      if (this.#running === this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve))
      else this.#running += 1
      return await read().finally(() => this.#passOn())
    } finally {
      this.#people.delete(userId)
    }
  }

  /** A turn goes to the next in line as it is, so that nobody comes in between. */
  #passOn(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running -= 1
  }
}
