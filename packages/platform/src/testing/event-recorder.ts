import type { TodoEvent } from '@todo/model/events'
import type { Delivery, Subscription } from '../event-bus.ts'

/** A handler that keeps what it was given. */
export function eventRecorder() {
  const events: TodoEvent[] = []
  const deliveries: Delivery[] = []
  const handle: Subscription['handle'] = (event, delivery) => {
    events.push(event)
    deliveries.push(delivery)
    return Promise.resolve()
  }
  return { events, deliveries, handle }
}
