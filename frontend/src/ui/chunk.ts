type Listener = () => void

let beforeFailing = (): Promise<void> => Promise.resolve()

/**
 * What is done about a part that is wanted and cannot be fetched, before the person hears of it. A promise that never
 * settles leaves it at that, such as while the page is being loaded anew.
 */
export function onMissingChunk(act: () => Promise<void>): void {
  beforeFailing = act
}

/**
 * A part of the program that is fetched when it is first wanted. A failure is not for good: what nobody waits for is
 * forgotten and tried again when it is wanted, what somebody waits for is tried again by `retry`.
 */
export class Chunk<T> {
  readonly #load: () => Promise<T>
  readonly #listeners = new Set<Listener>()
  #attempt: Promise<void> | undefined
  #isWanted = false
  #hasFailed = false
  #hasSettled = false
  #value: T | undefined

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  /** undefined until it has been fetched. */
  readonly value = (): T | undefined => this.#value

  /** Whether it is wanted and could not be fetched. */
  readonly hasFailed = (): boolean => this.#hasFailed

  /** Whether it was fetched, or could not be: there is no point in waiting any longer. */
  readonly hasSettled = (): boolean => this.#hasSettled

  readonly subscribe = (listener: Listener): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Fetches it before it is wanted. Resolves when it is there or could not be fetched; never rejects. */
  readonly preload = (): Promise<void> => (this.#attempt ??= this.#fetch())

  /** Fetches it for somebody who waits. Resolves when it is there or `hasFailed`; never rejects. */
  want(): Promise<void> {
    this.#isWanted = true
    return this.preload()
  }

  /** Resolves with it when it is there at last, after however many tries. */
  async whenThere(): Promise<T> {
    await this.want()
    if (this.#value !== undefined) return this.#value
    const stillMissing = reportMissing(this)
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (this.#value === undefined) return
        stop()
        stillMissing()
        resolve(this.#value)
      })
    })
  }

  /** Tries a wanted one again after a failure; answers whether it is there now. */
  readonly retry = async (): Promise<boolean> => {
    if (this.#hasFailed) this.#attempt = this.#fetch()
    await this.want()
    return !this.#hasFailed
  }

  async #fetch(): Promise<void> {
    try {
      this.#value = await this.#load()
      this.#hasFailed = false
    } catch {
      if (this.#isWanted) await beforeFailing()
      this.#hasFailed = this.#isWanted
      if (!this.#isWanted) this.#attempt = undefined
    }
    this.#hasSettled = true
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const missing = new Set<Chunk<unknown>>()
const watchers = new Set<Listener>()

/** Says that something on screen waits for a chunk that failed; answers what takes it back. */
export function reportMissing(chunk: Chunk<unknown>): () => void {
  missing.add(chunk)
  for (const watcher of watchers) watcher()
  return () => {
    missing.delete(chunk)
    for (const watcher of watchers) watcher()
  }
}

export const areChunksMissing = (): boolean => missing.size > 0

export function watchMissingChunks(watcher: Listener): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Answers whether all of them are there now. */
export async function retryMissingChunks(): Promise<boolean> {
  const areThere = await Promise.all([...missing].map((chunk) => chunk.retry()))
  return areThere.every(Boolean)
}
