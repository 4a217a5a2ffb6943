/** How long an address that failed is only tried when no other one answers. */
const REST_MS = 10_000

/** Where the replicas of one service answer streams. */
export class StreamAddresses {
  readonly #addresses: readonly string[]
  readonly #failedAt = new Map<string, number>()
  #turn = 0

  constructor(addresses: readonly string[]) {
    this.#addresses = addresses
  }

  /** In the order in which to try them: each begins one time of so many, and what failed just now comes last. */
  inTurn(now = Date.now()): string[] {
    const first = this.#turn++ % this.#addresses.length
    const rotated = [...this.#addresses.slice(first), ...this.#addresses.slice(0, first)]
    const isResting = (address: string) => now - (this.#failedAt.get(address) ?? -Infinity) < REST_MS
    return [...rotated.filter((address) => !isResting(address)), ...rotated.filter(isResting)]
  }

  failed(address: string, now = Date.now()): void {
    this.#failedAt.set(address, now)
  }

  answered(address: string): void {
    this.#failedAt.delete(address)
  }
}
