import { AsyncLocalStorage } from 'node:async_hooks'
import { isAPIError } from 'better-auth/api'
import { isUnavailable } from '@todo/platform/unavailable'

const listening = new AsyncLocalStorage<Error[]>()

/** Better Auth's log. What it refuses somebody is no failure. */
export function noteFailures(...said: unknown[]): void {
  const failures = said.filter((one) => one instanceof Error && !isAPIError(one))
  listening.getStore()?.push(...(failures as Error[]))
}

/**
 * Asks Better Auth. It answers only that something went wrong, that there is no session, or even that all is well, and
 * gives what it was to its log alone: those are the `failures`.
 * @throws what went wrong, and not that Better Auth has failed
 */
export async function askAuth<T>(ask: () => Promise<T>): Promise<{ result: T; failures: readonly Error[] }> {
  const failures: Error[] = []
  try {
    return { result: await listening.run(failures, ask), failures }
  } catch (error) {
    throw (isAPIError(error) && worstOf(failures)) || error
  }
}

/** The one to tell of: a database that is away says that the same may go well in a moment. */
export function worstOf(failures: readonly Error[]): Error | undefined {
  return failures.find(isUnavailable) ?? failures[0]
}
