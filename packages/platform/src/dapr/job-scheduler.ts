import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { AppError, errorMessage } from '../errors.ts'
import type { Job, JobHandler, JobScheduler } from '../job-scheduler.ts'
import type { Log } from '../log.ts'
import type { ServiceName } from '../service.ts'
import { withTraceOf } from '../tracing/trace-context.ts'
import { within } from '../within.ts'
import type { DaprClient } from './client.ts'

export interface DaprJobSchedulerOptions {
  client: DaprClient
  /** The app of this process: a job comes back to the app that scheduled it. */
  service: ServiceName
  log: Log
  /** `v1.0-alpha1` until Dapr 1.17, `v1.0` from 1.18 on. */
  apiVersion?: string
}

const Alarm = z.object({ kind: z.string(), data: z.record(z.string(), z.unknown()) })

/** How long after a failure a job comes again, without an end: Dapr's own way is three tries a second apart. */
const FAILURE_POLICY = { constant: { interval: '5s' } }
/** The sidecar would wait for ever. */
const HANDLER_MS = 30_000

/** The job scheduler behind Dapr: the Jobs API. The alarm carries its kind, since it comes back under its name only. */
export class DaprJobScheduler implements JobScheduler {
  readonly #client: DaprClient
  readonly #service: ServiceName
  readonly #log: Log
  readonly #base: string
  readonly #handlers = new Map<string, JobHandler>()
  readonly #running = new Set<Promise<unknown>>()
  #isOpen = false

  constructor({ client, service, log, apiVersion = 'v1.0-alpha1' }: DaprJobSchedulerOptions) {
    this.#client = client
    this.#service = service
    this.#log = log
    this.#base = `/${apiVersion}/jobs`
  }

  handle(service: ServiceName, kind: string, handler: JobHandler): void {
    this.#checkOwn(service)
    this.#handlers.set(kind, handler)
  }

  async schedule(service: ServiceName, { name, kind, at, data }: Job): Promise<void> {
    this.#checkOwn(service)
    // What is over is due now. Counted from a time in the past, its failures would follow each other without a pause.
    const dueTime = new Date(Math.max(at.getTime(), Date.now())).toISOString()
    const body = JSON.stringify({ dueTime, data: { kind, data }, overwrite: true, failurePolicy: FAILURE_POLICY })
    const headers = { 'content-type': 'application/json' }
    await this.#client.send({ method: 'POST', path: this.#pathOf(name), headers, body })
  }

  async cancel(service: ServiceName, name: string): Promise<void> {
    this.#checkOwn(service)
    await this.#client.send({ method: 'DELETE', path: this.#pathOf(name) })
  }

  async start(): Promise<void> {
    this.#isOpen = true
  }

  async stop(): Promise<void> {
    this.#isOpen = false
    await Promise.allSettled(this.#running)
  }

  /** Where the sidecar rings. Any answer but 2xx and 404 means: again later. */
  mount(app: FastifyInstance): void {
    app.post<{ Params: { name: string } }>('/job/:name', async ({ params: { name }, body }) => {
      if (!this.#isOpen) throw new AppError('unavailable', 'The service is stopping.')
      const running = this.#ring(name, body)
      this.#running.add(running)
      try {
        await running
      } finally {
        this.#running.delete(running)
      }
      return {}
    })
  }

  async #ring(name: string, body: unknown): Promise<void> {
    const { data } = (body ?? {}) as { data?: unknown }
    await withTraceOf(data, () => this.#handle(name, body))
  }

  async #handle(name: string, body: unknown): Promise<void> {
    try {
      const { kind, data } = Alarm.parse(body)
      const handler = this.#handlers.get(kind)
      if (!handler) throw new Error(`nothing here handles jobs of the kind ${kind}`)
      const handled = handler({ name, data })
      handled.catch(() => undefined)
      if (!(await within(HANDLER_MS, handled))) throw new Error(`the handler took longer than ${HANDLER_MS} ms`)
      this.#log.debug({ job: name, kind }, 'a job ran')
    } catch (error) {
      this.#log.warn({ job: name, error: errorMessage(error) }, 'a job failed; it is tried again')
      throw new AppError('unavailable', 'The job failed; it is to be tried again.', { cause: error })
    }
  }

  #checkOwn(service: ServiceName): void {
    if (service !== this.#service) throw new Error(`${service} has a job at the sidecar of ${this.#service}`)
  }

  #pathOf(name: string): string {
    return `${this.#base}/${encodeURIComponent(name)}`
  }
}
