import { errorMessage } from './errors.ts'
import type { Log } from './log.ts'

const HOUR_MS = 60 * 60_000

/**
 * Does a work each hour, if that of the hour before is done; what fails is told and done again an hour later. Answers how
 * to stop, which waits for its end.
 */
export function everyHour(work: () => Promise<void>, log: Log): () => Promise<void> {
  let running: Promise<void> | null = null
  const timer = setInterval(() => {
    running ??= work()
      .catch((error: unknown) => log.warn({ error: errorMessage(error) }, 'cleaning up failed; next hour again'))
      .finally(() => {
        running = null
      })
  }, HOUR_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
