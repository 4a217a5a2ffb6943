import { AppError } from '@todo/platform/errors'

/** Whoever sends more at once is not waiting for an answer. */
const MOST_WAITING = 4

/** Lets few files be read at once, and one of each person: what is read takes a core and much memory. */
export class ReadingTurns {
  readonly #most: number
  #running = 0
  readonly #waiting: (() => void)[] = []
  /** By person whose file waits or is read: their other files, in the order in which they came. */
  readonly #people = new Map<string, (() => void)[]>()

  /** @param most how many at once */
  constructor(most: number) {
    this.#most = most
  }

  /** @throws AppError while as many files of this person wait as may */
  async take<T>(userId: string, read: () => Promise<T>): Promise<T> {
    await this.#whenOthersOf(userId)
    try {
      if (this.#running === this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve))
      else this.#running += 1
      return await read().finally(() => this.#passOn())
    } finally {
      const next = this.#people.get(userId)!.shift()
      if (next) next()
      else this.#people.delete(userId)
    }
  }

  #whenOthersOf(userId: string): Promise<void> | undefined {
    const others = this.#people.get(userId)
    if (!others) return void this.#people.set(userId, [])
    if (others.length >= MOST_WAITING) {
      throw new AppError('too-many-requests', 'Other files of yours are being read: send this one when they are done.')
    }
    return new Promise((resolve) => others.push(resolve))
  }

  /** A turn goes to the next in line as it is, so that nobody comes in between. */
  #passOn(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running -= 1
  }
}
