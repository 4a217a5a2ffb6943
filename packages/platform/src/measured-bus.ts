import { Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { EventBus } from './event-bus.ts'

type Publishing = Pick<EventBus, 'publish'>

/** The bus as one service publishes to it, measured until the events are safe there. */
export function measuredBus(bus: Publishing, registry: Registry): Publishing {
  const taken = new Histogram({
    name: 'todo_event_publish_seconds',
    help: 'Time until what was published together was safe in the broker, or handled',
    labelNames: ['outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 20],
    registers: [registry],
  })
  return {
    async publish(events, options) {
      const end = taken.startTimer()
      try {
        await bus.publish(events, options)
      } catch (error) {
        end({ outcome: 'failed' })
        throw error
      }
      end({ outcome: 'published' })
    },
  }
}
