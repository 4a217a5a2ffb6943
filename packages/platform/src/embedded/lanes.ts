interface Work {
  order: number
  run: () => Promise<void>
}

/** Runs work of one key in order and of different keys side by side. */
export class Lanes {
  /** How many may run at once. */
  limit: number
  /** How many were added and have not begun. */
  waiting = 0
  readonly #lanes = new Map<string, Work[]>()
  readonly #busy = new Set<string>()
  #newest = 0
  #woken = false

  constructor(limit: number) {
    this.limit = limit
  }

  /** @param order within the key; work of the same order keeps the order of these calls, and without one it is the last */
  add<T>(key: string, work: () => Promise<T>, order = this.#newest): Promise<T> {
    this.#newest = Math.max(this.#newest, order)
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
    const lane = this.#lanes.get(key) ?? []
    const before = lane.findLastIndex((other) => other.order <= work.order)
    lane.splice(before + 1, 0, work)
    this.#lanes.set(key, lane)
    this.waiting += 1
  }

  #startWaiting(): void {
    for (const [key, lane] of this.#lanes) {
      if (this.#busy.size >= this.limit) return
      if (this.#busy.has(key)) continue
      const next = lane.shift()
      if (lane.length === 0) this.#lanes.delete(key)
      if (next) void this.#start(key, next)
    }
  }

  async #start(key: string, work: Work): Promise<void> {
    this.waiting -= 1
    this.#busy.add(key)
    await work.run()
    this.#busy.delete(key)
    this.#startWaiting()
  }
}
