import { ConfigError } from '@todo/platform/config'
import { errorMessage } from '@todo/platform/errors'
import { StartError } from './start-error.ts'

/** Two of Ctrl-C, so close together, are one: the terminal and npm both pass it on. */
const SAME_SIGNAL_MS = 300

export interface Program<Running extends { stop: () => Promise<void> }> {
  /**
   * @param onLost it cannot go on, and should be stopped
   * @param signal the start is not wanted any more: what takes long may give up, after taking back what it did
   */
  start: (onLost: (reason: string) => void, signal: AbortSignal) => Promise<Running>
  announce: (running: Running) => void
  /** Shows where an unexpected error came from. */
  debug: boolean
}

/** Starts a program from a terminal, runs it until it is told to stop, and stops it in order. */
export async function live<Running extends { stop: () => Promise<void> }>(program: Program<Running>): Promise<void> {
  const describe = (error: unknown) => `${describeError(error, program.debug)}\n`
  const asked = new AbortController()
  const starting = program.start((reason) => end(1, reason), asked.signal)
  const stop = async () => {
    asked.abort()
    const running = await starting.catch((error: unknown) => {
      if ((error as Error).name !== 'AbortError') throw error
    })
    await running?.stop()
  }
  const end = stopOnce(stop, describe)
  listenForTheEnd(end)
  try {
    program.announce(await starting)
  } catch (error) {
    if (asked.signal.aborted) return
    process.stderr.write(describe(error))
    process.exit(1)
  }
}

/** Stops once, in order; asked again, the process ends at once, and the database recovers at its next start. */
function stopOnce(
  stop: () => Promise<void>,
  describe: (error: unknown) => string,
): (code: number, reason?: string) => void {
  let askedAt: number | null = null
  return (code, reason) => {
    if (askedAt !== null) {
      if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(130)
      return
    }
    askedAt = Date.now()
    if (reason) process.stderr.write(`${reason}\n`)
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        process.stderr.write(describe(error))
        process.exit(1)
      },
    )
  }
}

function listenForTheEnd(end: (code: number, reason?: string) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  // The starter is gone, without a word.
  process.on('disconnect', () => end(0))
  process.on('uncaughtException', (error) => end(1, error.stack ?? error.message))
}

function describeError(error: unknown, debug: boolean): string {
  if (error instanceof StartError || error instanceof ConfigError) return error.message
  const trace = debug && error instanceof Error ? `\n${error.stack}` : ''
  return `Todo Cloud could not start: ${errorMessage(error)}${trace}`
}
