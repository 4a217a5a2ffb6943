import type { EventBus, Subscription } from '@todo/platform/event-bus'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { viewChanged } from '@todo/platform/testing/sample-events'

/** As many as meet every partition, as good as surely. */
const PROBES = 60

/**
 * Tells when a live subscription has begun: "from now on" is another moment for each partition, and no broker tells it.
 * Its probes never reach the handler.
 */
export class LiveProbe {
  readonly #missing = new Set(Array.from({ length: PROBES }, (_, number) => `probe-${number}`))

  wrap(subscription: Subscription): Subscription {
    const handle: Subscription['handle'] = async (event, delivery) => {
      if (event.subject.startsWith('probe-')) this.#missing.delete(event.subject)
      else await subscription.handle(event, delivery)
    }
    return { ...subscription, handle }
  }

  async untilBegun(publisher: Pick<EventBus, 'publish'>): Promise<void> {
    const hasBegun = async () => {
      if (this.#missing.size > 0) await publisher.publish([...this.#missing].map(viewChanged))
      return this.#missing.size === 0
    }
    await pollUntil(hasBegun, { timeoutMs: 30_000, intervalMs: 100, what: 'the live subscription' })
  }
}
