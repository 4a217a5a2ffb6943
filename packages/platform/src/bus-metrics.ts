import { Histogram } from 'prom-client'
import type { Registry } from 'prom-client'

type Outcome = 'handled' | 'failed' | 'dead-letter'

/** How long handlers take, and how they end, by consumer. */
export class BusMetrics {
  readonly #handling: Histogram<'consumer' | 'outcome'> | undefined

  constructor(registry: Registry | undefined) {
    if (!registry) return
    this.#handling = new Histogram({
      name: 'todo_event_handling_seconds',
      help: 'Time that a consumer took to handle an event',
      labelNames: ['consumer', 'outcome'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5, 30],
      registers: [registry],
    })
  }

  start(consumer: string): (outcome: Outcome) => void {
    const end = this.#handling?.startTimer({ consumer })
    return (outcome) => void end?.({ outcome })
  }
}
