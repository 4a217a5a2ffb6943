import type pg from 'pg'
import { eventName, events as declared } from '@todo/model/events'
import type { TodoEvent, Topic } from '@todo/model/events'
import type { BusMetrics } from '../bus-metrics.ts'
import { keepDeadLetter } from '../dead-letter-table.ts'
import { errorMessage, PermanentError } from '../errors.ts'
import type { Subscription } from '../event-bus.ts'
import { handleEvent } from '../handle-event.ts'
import type { Log } from '../log.ts'
import type { ServiceName } from '../service.ts'
import { withTraceOf } from '../tracing/trace-context.ts'
import { Lanes } from './lanes.ts'
import { taskOf } from './parcels.ts'
import type { RetryPolicy } from './retry.ts'

/** How the handling of an event ended: `untouched` when it did not even begin, since the bus stops. */
export type Outcome = 'done' | 'failed' | 'untouched'

/** What the routes of a consumer share. */
export interface ConsumerWork {
  lanes: Lanes
  /** By event: what is being handled and has a parcel on its way. Whoever opens that waits for the handling. */
  running: Map<string, Promise<Outcome>>
  /** How many of those have not ended. */
  slow: number
}

interface RouteOptions {
  consumer: ServiceName
  topic: Topic
  work: ConsumerWork
  pool: pg.Pool
  log: Log
  retry: RetryPolicy
  metrics: BusMetrics
  isStopping: () => boolean
}

/** A consumer's events that are handled at once, where it does not say: as many as its pool has connections. */
const AT_ONCE = 10
/** A consumer that has so much before it gets the rest as parcels, which wait in the database. */
const MOST_WAITING = 200

export const newConsumerWork = (): ConsumerWork => ({
  lanes: new Lanes(AT_ONCE),
  running: new Map(),
  slow: 0,
})

/** The way of a topic's events to one consumer. */
export class Route {
  /** Of the jobs of its parcels. */
  readonly task: string
  readonly #subscriptions: Subscription[] = []
  readonly #options: RouteOptions
  /** By key: the ids of events that are in parcels which nobody has opened yet. */
  readonly #onTheWay = new Map<string, Set<string>>()

  constructor(options: RouteOptions) {
    this.#options = options
    this.task = taskOf(options.consumer, options.topic)
    options.metrics.know(options.consumer, options.topic)
  }

  add(subscription: Subscription): void {
    const { lanes } = this.#options.work
    lanes.limit = Math.max(lanes.limit, subscription.atOnce ?? 0)
    this.#subscriptions.push(subscription)
  }

  wants(event: TodoEvent): boolean {
    const name = eventName(event.type)
    if (!name || declared[name].topic !== this.#options.topic) return false
    return this.#subscriptions.some((subscription) => subscription.names.includes(name))
  }

  /** Of events, in their order, those that may be handled at once; the others follow a parcel, or have to wait. */
  split(events: readonly TodoEvent[]): { now: TodoEvent[]; later: TodoEvent[] } {
    const { lanes, slow } = this.#options.work
    const [now, later]: [TodoEvent[], TodoEvent[]] = [[], []]
    const room = slow > 0 ? 0 : MOST_WAITING - lanes.waiting
    const behind = new Set<string>()
    for (const event of events) {
      const key = keyOf(event)
      const isFree = now.length < room && !behind.has(key) && !this.#onTheWay.has(key)
      if (!isFree) behind.add(key)
      ;(isFree ? now : later).push(event)
    }
    return { now, later }
  }

  /** These are in a parcel: what comes after one of the same key must not overtake it. */
  expect(events: readonly unknown[]): void {
    for (const event of events) {
      const ids = this.#onTheWay.get(keyOf(event)) ?? new Set()
      this.#onTheWay.set(keyOf(event), ids.add(idOf(event)))
    }
  }

  /** Their parcel was opened, or never left. */
  expected(events: readonly unknown[]): void {
    for (const event of events) {
      const ids = this.#onTheWay.get(keyOf(event))
      if (ids?.delete(idOf(event)) && ids.size === 0) this.#onTheWay.delete(keyOf(event))
    }
  }

  /** Handles an event when it is its turn within its key, or waits for the handling that is under way already. */
  run(event: unknown, { attempt, order }: { attempt: number; order?: number }): Promise<Outcome> {
    const { lanes, running } = this.#options.work
    const id = idOf(event)
    const begun = running.get(id)
    running.delete(id)
    return begun ?? lanes.add(keyOf(event), () => withTraceOf(event, () => this.#handle(event, attempt)), order)
  }

  /** A parcel of this event is about to leave, while it is being handled. */
  keepRunning(event: TodoEvent, outcome: Promise<Outcome>): void {
    const { work } = this.#options
    work.running.set(event.id, outcome)
    work.slow += 1
    void outcome.finally(() => (work.slow -= 1))
  }

  async #handle(input: unknown, attempt: number): Promise<Outcome> {
    const { consumer, topic, pool, log, retry, metrics, isStopping } = this.#options
    if (isStopping()) return 'untouched'
    const measured = metrics.start({ consumer, topic, event: input })
    try {
      if (attempt > retry.attempts) throw new PermanentError('the process ended each time it was handled')
      await handleEvent(this.#subscriptions, input, { attempt })
      measured('handled')
      log.debug({ consumer, event: idOf(input), attempt }, 'an event was handled')
      return 'done'
    } catch (error) {
      const isFinal = error instanceof PermanentError || attempt >= retry.attempts
      const context = { consumer, event: idOf(input), attempt, error: errorMessage(error) }
      log.warn(context, isFinal ? 'an event became a dead letter' : 'an event failed; it is tried again')
      if (!isFinal) {
        measured('failed')
        return 'failed'
      }
      await keepDeadLetter(pool, { consumer, topic, event: input, error: errorMessage(error), attempts: attempt })
      measured('dead-letter')
      return 'done'
    }
  }
}

function keyOf(event: unknown): string {
  const { partitionkey } = (event ?? {}) as Partial<TodoEvent>
  return typeof partitionkey === 'string' ? partitionkey : ''
}

function idOf(event: unknown): string {
  return String(((event ?? {}) as Partial<TodoEvent>).id)
}
