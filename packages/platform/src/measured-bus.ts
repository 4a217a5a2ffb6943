import { Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { EventBus } from './event-bus.ts'

type Publishing = Pick<EventBus, 'publish'>

/** The bus as one service publishes to it, measured until the broker has taken the events over. */
export function measuredBus(bus: Publishing, registry: Registry): Publishing {
  const taken = new Histogram({
    name: 'todo_event_publish_seconds',
    help: 'Time that the broker took to take over what was published together',
    labelNames: ['outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 20],
    registers: [registry],
  })
  return {
    async publish(events) {
      const end = taken.startTimer()
      try {
        await bus.publish(events)
      } catch (error) {
        end({ outcome: 'failed' })
        throw error
      }
      end({ outcome: 'published' })
    },
  }
}
