import { errorMessage } from '@todo/platform/errors'
import type { Log } from '@todo/platform/log'

interface RoundsOptions {
  everyMs: number
  log: Log
  /** What is said when a round fails; the next one tries again. */
  failure: string
}

/** Does a piece of work at the start and then again and again, each round so long after the end of the one before. */
export class Rounds {
  readonly #work: (isFirst: boolean) => Promise<unknown>
  readonly #options: RoundsOptions
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #isStopping = false

  constructor(work: (isFirst: boolean) => Promise<unknown>, options: RoundsOptions) {
    this.#work = work
    this.#options = options
  }

  /** A long round looks at it now and then, and ends early. */
  get isStopping(): boolean {
    return this.#isStopping
  }

  start(): void {
    this.#running = this.#round(true)
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #round(isFirst: boolean): Promise<void> {
    const { everyMs, log, failure } = this.#options
    try {
      await this.#work(isFirst)
    } catch (error) {
      log.warn({ error: errorMessage(error) }, failure)
    }
    if (this.#isStopping) return
    this.#timer = setTimeout(() => {
      this.#running = this.#round(false)
    }, everyMs)
  }
}

/**
 * Half of the usual connections, and fewer than the least that may be set: after an outage thousands may be due, and people
 * want to be answered meanwhile.
 */
const AT_ONCE = 5
const BATCH = 500

interface CatchUp<T> {
  /** What is due now, at most so many of them. */
  findDue: (limit: number) => Promise<T[]>
  /** Answers whether it did something, so that this one is not found again. */
  work: (item: T) => Promise<boolean>
  log: Log
  /** What is said of one that fails. It must not hold back the rest; the next round tries it again. */
  failure: string
  isStopping: () => boolean
}

/** Works off all that is due, a few at once. Answers with how many it did something. */
export async function catchUp<T extends object>(options: CatchUp<T>): Promise<number> {
  let done = 0
  for (;;) {
    const due = await options.findDue(BATCH)
    const doneNow = await workOn(due, options)
    done += doneNow
    // One more look would find the same ones again.
    if (due.length < BATCH || doneNow === 0 || options.isStopping()) return done
  }
}

async function workOn<T extends object>(items: T[], { work, log, failure, isStopping }: CatchUp<T>): Promise<number> {
  const left = items.values()
  let done = 0
  const worker = async () => {
    for (const item of left) {
      if (isStopping()) break
      try {
        if (await work(item)) done += 1
      } catch (error) {
        const said: object = { ...item, error: errorMessage(error) }
        log.warn(said, failure)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return done
}
