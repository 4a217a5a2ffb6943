import { AsyncLocalStorage } from 'node:async_hooks'

/** What went wrong while Better Auth was asked; undefined when nothing did. */
export interface Heard {
  failure?: unknown
}

const listening = new AsyncLocalStorage<Heard>()

/** Better Auth answers only that something went wrong, and gives what it was to its log alone: this is its log. */
export function noteFailure(failure: unknown): void {
  const heard = listening.getStore()
  if (heard) heard.failure ??= failure
}

/** Asks Better Auth, and keeps what goes wrong within in `heard`. */
export function hear<T>(heard: Heard, ask: () => Promise<T>): Promise<T> {
  return listening.run(heard, ask)
}
