import { SpanKind } from '@opentelemetry/api'
import type { Tracer } from '@opentelemetry/api'
import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import type pg from 'pg'
import { errorMessage } from './errors.ts'
import { PublishError } from './event-bus.ts'
import type { EventBus } from './event-bus.ts'
import type { JobScheduler } from './job-scheduler.ts'
import type { Log } from './log.ts'
import { markPublished, postponeOutbox, releaseOutbox } from './outbox-rows.ts'
import type { LeasedRow } from './outbox-rows.ts'
import type { ServiceName } from './service.ts'
import { NO_TRACER, startSpan } from './tracing/span.ts'

export interface RoundOptions {
  service: ServiceName
  pool: pg.Pool
  bus: Pick<EventBus, 'publish'>
  scheduler: Pick<JobScheduler, 'schedule' | 'cancel'>
  log: Log
  tracer?: Tracer
}

/** What a relay does with the rows that it leased at one time: publishes them, and then marks them. */
export class RelayRound {
  /** The bus took no event at all. */
  isRefused = false
  /** Until then some of the rows wait for their next try, in epoch milliseconds. */
  postponedUntil = 0
  readonly #options: RoundOptions
  readonly #rows: LeasedRow[]

  constructor(options: RoundOptions, rows: LeasedRow[]) {
    this.#options = options
    this.#rows = rows
  }

  /** Answers the rows that are done; the others wait for their next try. */
  async run(): Promise<LeasedRow[]> {
    const settled = await Promise.all([
      this.#publishEvents(),
      ...jobRowsByKey(this.#rows).map((sameJob) => this.#runJobOrders(sameJob)),
    ])
    const done = new Set(settled.flat())
    await markPublished(this.#options.pool, [...done])
    return this.#rows.filter(({ seq }) => done.has(seq))
  }

  async #publishEvents(): Promise<number[]> {
    const eventRows = this.#rows.filter((row) => row.entry.kind === 'events')
    if (eventRows.length === 0) return []
    const error = await this.#publish(eventRows)
    const failed = eventRows.filter((row) => eventsOf(row).some(({ id }) => isUnsure(id, error)))
    if (failed.length > 0) await this.#postpone(failed, error)
    this.isRefused = failed.length === eventRows.length
    const published = eventRows.filter((row) => !failed.includes(row))
    for (const event of published.flatMap(eventsOf)) tracePublish(this.#options.tracer ?? NO_TRACER, event)
    return published.map((row) => row.seq)
  }

  /** What went wrong; null when nothing did. */
  async #publish(rows: LeasedRow[]): Promise<unknown> {
    // Of what was tried before, nobody knows whether it ended the process: the bus has to keep it, and count its tries.
    const isKept = rows.every(({ attempts }) => attempts === 1)
    try {
      await this.#options.bus.publish(rows.flatMap(eventsOf), { isKept })
      return null
    } catch (error) {
      return error
    }
  }

  /** The orders for one job, one after the other; what follows one that failed waits behind it. */
  async #runJobOrders(rows: LeasedRow[]): Promise<number[]> {
    const done: number[] = []
    for (const [index, row] of rows.entries()) {
      const seqs = await this.#runJobOrder(row)
      done.push(...seqs)
      if (seqs.length > 0) continue
      await releaseOutbox(
        this.#options.pool,
        rows.slice(index + 1).map(({ seq }) => seq),
      )
      break
    }
    return done
  }

  async #runJobOrder(row: LeasedRow): Promise<number[]> {
    const { service, scheduler } = this.#options
    const { entry } = row
    try {
      if (entry.kind === 'schedule') await scheduler.schedule(service, { ...entry.job, at: new Date(entry.job.at) })
      if (entry.kind === 'cancel') await scheduler.cancel(service, entry.job.name)
      return [row.seq]
    } catch (error) {
      await this.#postpone([row], error)
      return []
    }
  }

  async #postpone(rows: LeasedRow[], error: unknown): Promise<void> {
    const attempts = Math.max(...rows.map((row) => row.attempts))
    this.#options.log.warn(
      { error: errorMessage(error), entries: rows.length, attempts },
      'publishing failed; trying again',
    )
    const seqs = rows.map((row) => row.seq)
    const seconds = await postponeOutbox(this.#options.pool, seqs, attempts)
    this.postponedUntil = Math.max(this.postponedUntil, Date.now() + seconds * 1_000)
  }
}

/** From the change until the bus has it. */
function tracePublish(tracer: Tracer, { id, type, time, traceparent }: TodoEvent): void {
  const name = `publish ${eventName(type) ?? type}`
  const attributes = { 'messaging.operation.type': 'send', 'messaging.message.id': id }
  startSpan(tracer, {
    name,
    kind: SpanKind.PRODUCER,
    parent: traceparent,
    startTime: new Date(time),
    attributes,
  }).end()
}

function eventsOf({ entry }: LeasedRow): TodoEvent[] {
  return entry.kind === 'events' ? entry.events : []
}

/** Whether the event has to be published again. A bus that can tell says which have to. */
function isUnsure(eventId: string, error: unknown): boolean {
  return error instanceof PublishError ? error.eventIds.has(eventId) : error !== null
}

function jobRowsByKey(rows: LeasedRow[]): LeasedRow[][] {
  const jobRows = rows.filter((row) => row.entry.kind !== 'events')
  return [...Map.groupBy(jobRows, (row) => row.key).values()]
}
