import { AppError } from '@todo/platform/errors'

/** Files of one person that may wait or be read: each holds up to 10 MiB. */
const MOST_OF_ONE = 5

/** Lets few files be read at once, and one of each person: what is read takes a core and much memory. */
export class ReadingTurns {
  readonly #most: number
  #running = 0
  readonly #waiting: (() => void)[] = []
  readonly #people = new Map<string, { files: number; last: Promise<unknown> }>()

  /** @param most how many at once */
  constructor(most: number) {
    this.#most = most
  }

  /** @throws AppError when too many files of this person wait already */
  take<T>(userId: string, read: () => Promise<T>): Promise<T> {
    const person = this.#people.get(userId) ?? { files: 0, last: Promise.resolve() }
    if (person.files >= MOST_OF_ONE) {
      const message = 'Other files of yours are being read: send this one when they are done.'
      return Promise.reject(new AppError('too-many-requests', message))
    }
    const result = person.last.then(() => this.#inTurn(read))
    const last = result
      .catch(() => undefined)
      .finally(() => {
        person.files -= 1
        if (person.files === 0) this.#people.delete(userId)
      })
    this.#people.set(userId, Object.assign(person, { files: person.files + 1, last }))
    return result
  }

  async #inTurn<T>(read: () => Promise<T>): Promise<T> {
    if (this.#running === this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running += 1
    return read().finally(() => this.#passOn())
  }

  /** A turn goes to the next in line as it is, so that nobody comes in between. */
  #passOn(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#running -= 1
  }
}
