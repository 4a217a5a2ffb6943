import { setTimeout as delay } from 'node:timers/promises'
import { errorMessage } from '@todo/platform/errors'
import type { RunningProcess } from './child.ts'

/** One process that has to run for as long as the app does. */
export interface Part {
  name: string
  /** Resolves when it does its work; tells the process id as soon as there is one. */
  start: (onSpawn: (pid: number) => void) => Promise<RunningProcess>
}

interface Options {
  /** It has died or come back: one line. */
  report: (line: string) => void
  delayMs?: (failures: number) => number
}

const FIRST_DELAY_MS = 500
const LONGEST_DELAY_MS = 30_000
/** What has run for so long has not failed at its start. */
const STABLE_MS = 60_000

/** How long to wait before the next start: twice as long after each failure in a row. */
export function restartDelayMs(failures: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1))
}

/** Starts a part, and starts it again whenever it dies. Only a first start that fails is left to the caller. */
export class SupervisedPart {
  /** Settles when it has come up for the first time, or could not. */
  readonly started: Promise<void>
  readonly #part: Part
  readonly #report: (line: string) => void
  readonly #delayMs: (failures: number) => number
  readonly #stopping = new AbortController()
  readonly #watching: Promise<void>
  #pid: number | null = null
  #running: RunningProcess | null = null

  constructor(part: Part, { report, delayMs = restartDelayMs }: Options) {
    this.#part = part
    this.#report = report
    this.#delayMs = delayMs
    const first = this.#start()
    this.started = first.then(() => undefined)
    this.#watching = first.then((running) => this.#watch(running)).catch(() => undefined)
  }

  /** Of the process that runs now, or starts; null between two. */
  get pid(): number | null {
    return this.#pid
  }

  /** Ends it, and it is not started again. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    if (!this.#running && this.#pid !== null) end(this.#pid)
    await this.#running?.stop()
    await this.#watching
    // It came up while it was told to stop.
    await this.#running?.stop()
  }

  async #start(): Promise<RunningProcess> {
    this.#running = await this.#part.start((pid) => {
      this.#pid = pid
      // It was told to stop while it was about to start.
      if (this.#stopping.signal.aborted) end(pid)
    })
    this.#pid = this.#running.pid
    return this.#running
  }

  async #watch(first: RunningProcess): Promise<void> {
    const { signal } = this.#stopping
    let failures = 0
    for (let running: RunningProcess | null = first; running;) {
      const since = Date.now()
      const code: number | null = await running.exited.catch(() => null)
      if (signal.aborted) return
      if (Date.now() - since >= STABLE_MS) failures = 0
      let reason = code === null ? 'was killed' : `ended with code ${code}`
      for (running = null; !running;) {
        failures += 1
        const answer: RunningProcess | string = await this.#startAgain(reason, failures)
        if (signal.aborted) return
        if (typeof answer === 'string') reason = answer
        else running = answer
      }
    }
  }

  /** @returns why it did not come up, when it did not */
  async #startAgain(reason: string, failures: number): Promise<RunningProcess | string> {
    this.#pid = null
    this.#running = null
    const waitMs = this.#delayMs(failures)
    this.#report(`${this.#part.name} ${reason}; starting it again in ${waitMs / 1_000} s`)
    await delay(waitMs, undefined, { signal: this.#stopping.signal })
    try {
      const running = await this.#start()
      this.#report(`${this.#part.name} runs again (process ${running.pid})`)
      return running
    } catch (error) {
      return `did not come up: ${errorMessage(error)}`
    }
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM')
  } catch {
    // It is gone already.
  }
}
