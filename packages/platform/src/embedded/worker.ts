import { Logger, run } from 'graphile-worker'
import type { LogLevel, Runner, TaskList, WorkerEvents } from 'graphile-worker'
import { EventEmitter } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { errorMessage } from '../errors.ts'
import type { Log } from '../log.ts'
import { LostJobs } from './lost-jobs.ts'
import { RunnerEnds } from './runner-ends.ts'

export interface WorkerOptions {
  /** With graphile-worker's own type parsers: see `openWorkerPool`. */
  pool: pg.Pool
  log: Log
  /** Jobs that may run, and be held, at once. */
  concurrency: number
  /** How late a job with a time may be found. */
  pollIntervalMs: number
  /** After an empty look, how long new jobs may wait for the next one; 0: not at all. */
  restMs?: number
  /** Whether a job's time is compared with our clock, and not with the database's. */
  useNodeTime?: boolean
  /** How often to look for jobs that nobody has. */
  lookForLostMs?: number
}

const RESTART_MS = 1_000
const LOOK_FOR_LOST_MS = 10_000

/**
 * One graphile-worker in this process. It takes over at once what a dead process had locked (the library would wait
 * four hours: one process per database is what the instance lock guarantees), and starts again when its database does.
 */
export class Worker {
  readonly tasks: TaskList = {}
  readonly #options: WorkerOptions
  readonly events: WorkerEvents = new EventEmitter()
  readonly #lost: LostJobs
  readonly #ends: RunnerEnds
  #runner: Runner | null = null
  #looking: NodeJS.Timeout | undefined
  #supervisor: Promise<void> = Promise.resolve()
  #stopping = new AbortController()
  /** Why nothing runs at the moment; null when it does. */
  problem: string | null = 'not started'

  constructor(options: WorkerOptions) {
    this.#options = options
    // Fetched jobs come in no promised order; their ids are in the order of the inserts.
    this.events.on('localQueue:getJobs:complete', ({ jobs }) => jobs.sort((a, b) => Number(a.id) - Number(b.id)))
    this.#lost = new LostJobs(options.pool, this.events)
    this.#ends = new RunnerEnds(this.events)
    this.events.on('pool:gracefulShutdown', () => (this.problem ??= 'the job runner is ending'))
  }

  async start(): Promise<void> {
    if (Object.keys(this.tasks).length === 0) {
      this.problem = null
      return
    }
    this.#supervisor = this.#supervise(await this.#run())
    this.#looking = setInterval(() => void this.#lookForLost(), this.#options.lookForLostMs ?? LOOK_FOR_LOST_MS)
  }

  /** Takes nothing new and waits for what runs. */
  async stop(): Promise<void> {
    this.problem = 'stopped'
    clearInterval(this.#looking)
    this.#stopping.abort()
    this.#end()
    await this.#supervisor
  }

  /** The supervisor hears of the end, also of one that the library does not come to. */
  #end(): void {
    this.#runner?.stop().catch((error: unknown) => {
      this.#options.log.debug({ error: errorMessage(error) }, 'the job runner stopped badly')
    })
  }

  /** A runner that starts anew takes up what was locked. */
  async #lookForLost(): Promise<void> {
    if (this.problem !== null) return
    try {
      const jobs = await this.#lost.look(Object.keys(this.tasks))
      if (jobs.length === 0 || this.problem !== null) return
      this.#options.log.warn({ jobs }, 'jobs were fetched and never came; the job runner starts again')
      this.#end()
    } catch (error) {
      this.#options.log.debug({ error: errorMessage(error) }, 'lost jobs could not be looked for')
    }
  }

  /** Why it ended, once it has. */
  async #run(): Promise<{ ended: Promise<string> }> {
    const { pool, log, concurrency, pollIntervalMs, restMs = 0, useNodeTime = false } = this.#options
    this.#lost.forget()
    await pool.query(
      `select graphile_worker.force_unlock_workers(array(
         select distinct locked_by from graphile_worker.jobs where locked_by is not null and task_identifier = any($1)))`,
      [Object.keys(this.tasks)],
    )
    this.#runner = await run({
      pgPool: pool,
      taskList: this.tasks,
      parsedCronItems: [],
      noHandleSignals: true,
      useNodeTime,
      concurrency,
      pollInterval: pollIntervalMs,
      logger: graphileLogger(log),
      events: this.events,
      preset: {
        worker: {
          localQueue: {
            size: concurrency,
            ...(restMs > 0 ? { refetchDelay: { durationMs: restMs, threshold: 0, maxAbortThreshold: Infinity } } : {}),
          },
          // Unbatched, the library leaves these promises alone, and a lost connection would end the process.
          completeJobBatchDelay: 0,
          failJobBatchDelay: 0,
        },
      },
    })
    if (!this.#stopping.signal.aborted) this.problem = null
    return { ended: this.#ends.of(this.#runner) }
  }

  async #supervise(first: { ended: Promise<string> }): Promise<void> {
    let reason = await first.ended
    while (!this.#stopping.signal.aborted) {
      this.problem = reason
      this.#options.log.warn({ reason }, 'the job runner ended; starting it again')
      await delay(RESTART_MS, null, { signal: this.#stopping.signal }).catch(() => null)
      if (this.#stopping.signal.aborted) return
      try {
        const { ended } = await this.#run()
        if (this.#stopping.signal.aborted) this.#end()
        reason = await ended
      } catch (error) {
        reason = errorMessage(error)
      }
    }
  }
}

const LEVELS: Record<LogLevel, 'error' | 'warn' | 'debug' | 'trace'> = {
  error: 'debug',
  warning: 'debug',
  info: 'trace',
  debug: 'trace',
}

/** What the library calls an error is a job that is tried again; we say ourselves what people should see. */
function graphileLogger(log: Log): Logger {
  return new Logger(() => (level, message) => log[LEVELS[level]](message))
}
