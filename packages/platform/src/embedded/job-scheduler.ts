import type pg from 'pg'
import { errorMessage } from '../errors.ts'
import type { Job, JobHandler, JobScheduler } from '../job-scheduler.ts'
import type { Log } from '../log.ts'
import type { ServiceName } from '../service.ts'
import { withTraceOf } from '../tracing/trace-context.ts'
import { Worker } from './worker.ts'

export interface EmbeddedJobSchedulerOptions {
  pool: pg.Pool
  log: Log
}

interface Order {
  name: string
  data: Record<string, unknown>
}

/** Jobs that run at once. */
const CONCURRENCY = 20
/** A job is at most so late. The whole app, idle, takes 1 % of a core, these two looks a second included. */
const POLL_MS = 500
/** Every publish of an event wakes this worker as well: so it looks at most about five times a second. */
const REST_MS = 200
/** The library's limit: 32,767 tries, one a minute at last, are 22 days; `#boundRetries` starts the count afresh. */
const MAX_JOB_ATTEMPTS = 32_767
/** The library waits e^n seconds after the n-th failure, up to six hours: beyond the fourth we bring it back to this. */
const MAX_RETRY_DELAY = '60 seconds'
const BOUNDED_ATTEMPTS = 4

/** The job scheduler on graphile-worker, in the same PostgreSQL: a job is a row with a time and a unique key. */
export class EmbeddedJobScheduler implements JobScheduler {
  readonly #pool: pg.Pool
  readonly #log: Log
  readonly #worker: Worker
  #bounding: NodeJS.Timeout | undefined

  constructor({ pool, log }: EmbeddedJobSchedulerOptions) {
    this.#pool = pool
    this.#log = log
    this.#worker = new Worker({
      pool,
      log,
      concurrency: CONCURRENCY,
      pollIntervalMs: POLL_MS,
      restMs: REST_MS,
      // "Never early" is meant by the clock that the times were made with.
      useNodeTime: true,
    })
    this.#worker.events.on('job:error', () => this.#boundRetriesSoon())
  }

  get problem(): string | null {
    return this.#worker.problem
  }

  handle(service: ServiceName, kind: string, handler: JobHandler): void {
    this.#worker.tasks[taskOf(service, kind)] = async (payload) => {
      const { name, data } = payload as Order
      await withTraceOf(data, async () => {
        try {
          await handler({ name, data })
          this.#log.debug({ service, kind, job: name }, 'a job ran')
        } catch (error) {
          this.#log.warn({ service, kind, job: name, error: errorMessage(error) }, 'a job failed; it is tried again')
          throw error
        }
      })
    }
  }

  async schedule(service: ServiceName, { name, kind, at, data }: Job): Promise<void> {
    const order: Order = { name, data }
    await this.#pool.query({
      name: 'add_job',
      text: `select from graphile_worker.add_job($1, $2::json, run_at => $3, job_key => $4, max_attempts => $5)`,
      values: [taskOf(service, kind), JSON.stringify(order), at, `${service}:${name}`, MAX_JOB_ATTEMPTS],
    })
  }

  async cancel(service: ServiceName, name: string): Promise<void> {
    await this.#pool.query({
      name: 'remove_job',
      text: 'select from graphile_worker.remove_job($1)',
      values: [`${service}:${name}`],
    })
  }

  async start(): Promise<void> {
    await this.#boundRetries()
    await this.#worker.start()
  }

  async stop(): Promise<void> {
    clearTimeout(this.#bounding)
    await this.#worker.stop()
  }

  /** The library writes a failure down shortly after it has told of it. */
  #boundRetriesSoon(): void {
    this.#bounding ??= setTimeout(() => {
      this.#bounding = undefined
      void this.#boundRetries().catch((error: unknown) => {
        this.#log.debug({ error: errorMessage(error) }, 'retries could not be brought forward')
      })
    }, 1_000).unref()
  }

  async #boundRetries(): Promise<void> {
    await this.#pool.query(
      `select count(*) from graphile_worker.reschedule_jobs(array(
         select id from graphile_worker.jobs
         where locked_at is null and key is not null and task_identifier = any($1)
           and attempts > ${BOUNDED_ATTEMPTS} and run_at > now() + interval '${MAX_RETRY_DELAY}'
       ), run_at => now() + interval '${MAX_RETRY_DELAY}', attempts => ${BOUNDED_ATTEMPTS})`,
      [Object.keys(this.#worker.tasks)],
    )
  }
}

function taskOf(service: ServiceName, kind: string): string {
  return `job:${service}:${kind}`
}
