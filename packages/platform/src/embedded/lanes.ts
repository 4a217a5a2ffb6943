interface Work {
  order: number
  run: () => Promise<void>
}

/** Runs work of one key in order and of different keys side by side, at most `limit` at once. */
export class Lanes {
  readonly #limit: number
  readonly #waiting = new Map<string, Work[]>()
  readonly #busy = new Set<string>()
  #woken = false

  constructor(limit: number) {
    this.#limit = limit
  }

  /** @param order within the key; work of the same order keeps the order of these calls */
  add<T>(key: string, order: number, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#insert(key, { order, run: () => work().then(resolve, reject) })
      if (this.#woken) return
      this.#woken = true
      // Not at once: jobs that were fetched together arrive within this turn, in whatever order.
      setImmediate(() => {
        this.#woken = false
        this.#startWaiting()
      })
    })
  }

  #insert(key: string, work: Work): void {
    const lane = this.#waiting.get(key) ?? []
    const before = lane.findLastIndex((other) => other.order <= work.order)
    lane.splice(before + 1, 0, work)
    this.#waiting.set(key, lane)
  }

  #startWaiting(): void {
    for (const [key, lane] of this.#waiting) {
      if (this.#busy.size >= this.#limit) return
      if (this.#busy.has(key)) continue
      const next = lane.shift()
      if (lane.length === 0) this.#waiting.delete(key)
      if (next) void this.#start(key, next)
    }
  }

  async #start(key: string, work: Work): Promise<void> {
    this.#busy.add(key)
    await work.run()
    this.#busy.delete(key)
    this.#startWaiting()
  }
}
