import { eventName, events as declared } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { errorMessage } from '../errors.ts'
import type { Subscription } from '../event-bus.ts'
import type { Log } from '../log.ts'
import { withTraceOf } from '../tracing/trace-context.ts'

/**
 * Events for subscribers that want every one in every process and remember none: in one process that is a call.
 * One after the other, in the order of the publishes; what a handler throws is only logged.
 */
export class DirectDelivery {
  readonly #log: Log
  readonly #subscriptions: Subscription[] = []
  #tail: Promise<void> = Promise.resolve()

  constructor(log: Log) {
    this.#log = log
  }

  subscribe(subscription: Subscription): void {
    this.#subscriptions.push(subscription)
  }

  deliver(events: readonly TodoEvent[]): void {
    for (const event of events) {
      const name = eventName(event.type)
      if (!name) continue
      for (const { topic, names, handle, consumer } of this.#subscriptions) {
        if (topic !== declared[name].topic || !names.includes(name)) continue
        this.#tail = this.#tail.then(() => withTraceOf(event, () => this.#show(consumer, event, handle)))
      }
    }
  }

  async #show(consumer: string, event: TodoEvent, handle: Subscription['handle']): Promise<void> {
    try {
      await handle(event, { attempt: 1 })
      this.#log.debug({ consumer, event: event.id }, 'a live event was handled')
    } catch (error) {
      this.#log.warn({ consumer, event: event.id, error: errorMessage(error) }, 'a live event was not handled')
    }
  }

  settled(): Promise<void> {
    return this.#tail
  }
}
