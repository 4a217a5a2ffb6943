import type { EventName, TodoEvent, Topic } from '@todo/model/events'
import { errorMessage } from './errors.ts'
import type { ServiceName } from './service.ts'

export interface Delivery {
  /** 1 for the first try. */
  attempt: number
}

export interface Subscription {
  /** The consumer group: every service that subscribes gets each event. */
  consumer: ServiceName
  topic: Topic
  /** Events of the topic that are handled; the others are acknowledged unseen. */
  names: readonly EventName[]
  /** `once`: one replica of the service handles it. `every-replica`: each does, from now on, without a memory. */
  delivery: 'once' | 'every-replica'
  /**
   * How many events a bus in the same process may give this consumer at once, where that is more than its pool has
   * connections (10). The highest of its subscriptions counts.
   */
  atOnce?: number
  /** Has to be safe to run twice and out of order. Throwing means: again later; `PermanentError`: never again. */
  handle: (event: TodoEvent, delivery: Delivery) => Promise<void>
}

/** Some events, or all, may not be published. */
export class PublishError extends Error {
  override name = 'PublishError'
  readonly eventIds: ReadonlySet<string>

  constructor(eventIds: readonly string[], cause: unknown) {
    super(errorMessage(cause), { cause })
    this.eventIds = new Set(eventIds)
  }
}

export interface PublishOptions {
  /**
   * The publisher has the events on disk until this resolves, publishes them again after a crash, and does it for the
   * first time now. A bus in the same process may then have them handled instead of keeping them.
   */
  isKept?: boolean
}

/**
 * Carries events from one service to the others, at least once, in order per partition key while nothing fails.
 * Adapters: graphile-worker in the same PostgreSQL (`embedded/event-bus.ts`), Dapr Pub/Sub (`dapr/event-bus.ts`).
 */
export interface EventBus {
  /**
   * Resolves when every event is safe; then none is lost. Throws when that is not sure: publish again, same ids. A
   * PublishError says of which events it is not sure; the others are safe.
   */
  publish: (events: readonly TodoEvent[], options?: PublishOptions) => Promise<void>
  /** Before `start`. */
  subscribe: (subscription: Subscription) => void
  start: () => Promise<void>
  /** Takes nothing new and waits for what is being handled. */
  stop: () => Promise<void>
}
