import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage } from '../errors.ts'

interface PollOptions {
  timeoutMs?: number
  intervalMs?: number
  /** What is waited for, for the message. */
  what?: string
}

/**
 * Asks until the answer is neither false, null nor undefined, and returns it. A check that throws is asked again.
 * @throws at the deadline, with the last answer or error
 */
export async function pollUntil<T>(
  check: () => T | Promise<T>,
  { timeoutMs = 5_000, intervalMs = 10, what = 'the condition' }: PollOptions = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + timeoutMs
  let last = 'nothing'
  for (;;) {
    try {
      const answer = await check()
      if (answer !== false && answer !== null && answer !== undefined) return answer as NonNullable<Exclude<T, false>>
      last = `answer: ${String(answer)}`
    } catch (error) {
      last = `error: ${errorMessage(error)}`
    }
    if (Date.now() >= deadline) throw new Error(`${what} did not come true within ${timeoutMs} ms; last ${last}`)
    await delay(intervalMs)
  }
}

/** A question whose empty answer counts as none yet. */
export function nonEmpty<T>(ask: () => Promise<T[]>): () => Promise<T[] | null> {
  return async () => {
    const answer = await ask()
    return answer.length > 0 ? answer : null
  }
}
