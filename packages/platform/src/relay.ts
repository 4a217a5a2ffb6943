import { SpanKind } from '@opentelemetry/api'
import type { Tracer } from '@opentelemetry/api'
import { setTimeout as delay } from 'node:timers/promises'
import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import type pg from 'pg'
import { Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import { errorMessage } from './errors.ts'
import { PublishError } from './event-bus.ts'
import type { EventBus } from './event-bus.ts'
import type { JobScheduler } from './job-scheduler.ts'
import type { Log } from './log.ts'
import type { ServiceName } from './service.ts'
import { freeDeadLeases, leaseOutbox, markPublished, postponeOutbox, releaseOutbox } from './outbox-rows.ts'
import type { LeasedRow } from './outbox-rows.ts'
import { RelayPresence } from './relay-presence.ts'
import { NO_TRACER, startSpan } from './tracing/span.ts'

export interface RelayOptions {
  service: ServiceName
  pool: pg.Pool
  bus: Pick<EventBus, 'publish'>
  scheduler: Pick<JobScheduler, 'schedule' | 'cancel'>
  log: Log
  metrics: Registry
  tracer?: Tracer
  /** How many entries one round takes. */
  batchSize?: number
}

const BATCH_SIZE = 200
const FIRST_POLL_MS = 1_000
/** The poll is only the net under the wake-ups: when idle it backs off, so that a serverless database may sleep. */
const MAX_POLL_MS = 60_000
/** After the bus has refused all that it was given. */
const REST_MS = 500

/**
 * Publishes what committed transactions left in the outbox, and then marks it: at least once, in order per key.
 * Rows are leased and not locked meanwhile, so that many relays may run and a dead one holds nothing back for long.
 */
export class Relay {
  readonly #options: RelayOptions
  readonly #presence: RelayPresence
  readonly #published: Histogram
  readonly #ending = new AbortController()
  #running: Promise<void> = Promise.resolve()
  #awake = false
  #wakeUp: () => void = () => {}
  #pollMs = FIRST_POLL_MS
  /** In the last round the bus took no event at all. */
  #isRefused = false
  /** Until then entries wait for their next try. */
  #postponedUntil = 0

  constructor(options: RelayOptions) {
    this.#options = options
    this.#presence = new RelayPresence(options.pool, options.log)
    this.#published = publishHistogram(options.metrics)
  }

  start(): void {
    this.#running = this.#run()
  }

  /** After a commit that left something in the outbox. */
  wake(): void {
    this.#awake = true
    this.#wakeUp()
  }

  /** Finishes the round that runs; what is left stays in the outbox. */
  async stop(): Promise<void> {
    this.#ending.abort()
    this.wake()
    await this.#running
    this.#presence.leave()
  }

  async #run(): Promise<void> {
    let isNet = true
    while (!this.#ending.signal.aborted) {
      this.#awake = this.#isRefused = false
      const relayed = await this.#relayLogged(isNet)
      if (relayed > 0) this.#pollMs = FIRST_POLL_MS
      if (this.#isRefused) await this.#rest()
      isNet = relayed === 0 && (await this.#sleep())
    }
  }

  /** The bus takes nothing: trying the next entries at once, and all of them over and over, would help nobody. */
  async #rest(): Promise<void> {
    await delay(REST_MS, null, { signal: this.#ending.signal }).catch(() => null)
  }

  /** At the start and with every poll, what dead relays had leased is looked for too. */
  async #relayLogged(isNet: boolean): Promise<number> {
    try {
      const isBack = await this.#presence.ensure()
      if (isNet || isBack) await freeDeadLeases(this.#options.pool)
      return await this.relayOnce()
    } catch (error) {
      this.#options.log.warn({ error: errorMessage(error) }, 'the outbox could not be read; trying again')
      this.#pollMs = FIRST_POLL_MS
      return 0
    }
  }

  /** Until it is woken, or it is time to look: true then. */
  async #sleep(): Promise<boolean> {
    if (this.#awake || this.#ending.signal.aborted) return false
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#pollMs)
      this.#wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    const isBusy = this.#awake || Date.now() < this.#postponedUntil
    this.#pollMs = isBusy ? FIRST_POLL_MS : Math.min(this.#pollMs * 2, MAX_POLL_MS)
    return !this.#awake
  }

  /** One round; answers how many entries it took. Tests drain with it. */
  async relayOnce(): Promise<number> {
    const { pool, batchSize = BATCH_SIZE } = this.#options
    const rows = await leaseOutbox(pool, this.#presence.owner, batchSize)
    if (rows.length === 0) return 0
    const settled = await Promise.all([
      this.#publishEvents(rows),
      ...jobRowsByKey(rows).map((sameJob) => this.#runJobOrders(sameJob)),
    ])
    const done = settled.flat()
    await markPublished(pool, done)
    const now = Date.now()
    for (const row of rows)
      if (done.includes(row.seq)) this.#published.observe((now - Date.parse(row.createdAt)) / 1_000)
    return rows.length
  }

  async #publishEvents(rows: LeasedRow[]): Promise<number[]> {
    const eventRows = rows.filter((row) => row.entry.kind === 'events')
    if (eventRows.length === 0) return []
    const error = await this.#publish(eventRows.flatMap(eventsOf))
    const failed = eventRows.filter((row) => eventsOf(row).some(({ id }) => isUnsure(id, error)))
    if (failed.length > 0) await this.#postpone(failed, error)
    this.#isRefused = failed.length === eventRows.length
    const published = eventRows.filter((row) => !failed.includes(row))
    for (const event of published.flatMap(eventsOf)) tracePublish(this.#options.tracer ?? NO_TRACER, event)
    return published.map((row) => row.seq)
  }

  /** What went wrong; null when nothing did. */
  async #publish(events: TodoEvent[]): Promise<unknown> {
    try {
      await this.#options.bus.publish(events)
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
    this.#postponedUntil = Math.max(this.#postponedUntil, Date.now() + seconds * 1_000)
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

function publishHistogram(registry: Registry): Histogram {
  const name = 'todo_outbox_publish_seconds'
  const existing = registry.getSingleMetric(name) as Histogram | undefined
  if (existing) return existing
  const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30, 300]
  return new Histogram({ name, help: 'From the insert into the outbox to published', buckets, registers: [registry] })
}
