import type { Topic } from '@todo/model/events'
import { Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import { UnhandledEvents } from './unhandled-events.ts'

type Outcome = 'handled' | 'failed' | 'dead-letter'

interface Given {
  consumer: string
  topic: Topic
  /** As it came; it may be anything. */
  event: unknown
}

/** How long handlers take and how they end, how old events are by then, and how far each consumer is behind. */
export class BusMetrics {
  readonly #handling: Histogram<'consumer' | 'outcome'>
  readonly #age: Histogram<'consumer' | 'topic'>
  readonly #unhandled = new Map<string, { consumer: string; topic: Topic; events: UnhandledEvents }>()

  constructor(registry: Registry | undefined) {
    const registers = registry ? [registry] : []
    this.#handling = new Histogram({
      name: 'todo_event_handling_seconds',
      help: 'Time that a consumer took to handle an event',
      labelNames: ['consumer', 'outcome'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30],
      registers,
    })
    this.#age = new Histogram({
      name: 'todo_event_age_seconds',
      help: 'Time from an event until a consumer has handled it',
      labelNames: ['consumer', 'topic'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 300, 3_600],
      registers,
    })
    const unhandled = this.#unhandled
    new Gauge({
      name: 'todo_consumer_lag_seconds',
      help: 'Age of the oldest event that a consumer has been given and not handled yet; 0 when there is none',
      labelNames: ['consumer', 'topic'],
      registers,
      collect() {
        for (const { consumer, topic, events } of unhandled.values()) {
          this.set({ consumer, topic }, events.oldestAgeMs(Date.now()) / 1_000)
        }
      },
    })
  }

  /** A consumer that is going to be given events: it is not behind. */
  know(consumer: string, topic: Topic): void {
    this.#eventsOf(consumer, topic)
  }

  start({ consumer, topic, event }: Given): (outcome: Outcome) => void {
    const { id, time } = (event ?? {}) as { id?: unknown; time?: unknown }
    const since = typeof time === 'string' ? Date.parse(time) : Number.NaN
    const events = this.#eventsOf(consumer, topic)
    const end = this.#handling.startTimer({ consumer })
    const key = String(id)
    const startedAt = Date.now()
    events.tried(key, Number.isNaN(since) ? startedAt : since, startedAt)
    return (outcome) => {
      end({ outcome })
      if (outcome === 'failed') return
      events.done(key)
      if (!Number.isNaN(since)) this.#age.observe({ consumer, topic }, Math.max(0, Date.now() - since) / 1_000)
    }
  }

  #eventsOf(consumer: string, topic: Topic): UnhandledEvents {
    const name = `${consumer}/${topic}`
    const known = this.#unhandled.get(name) ?? { consumer, topic, events: new UnhandledEvents() }
    this.#unhandled.set(name, known)
    return known.events
  }
}
