import { SpanKind } from '@opentelemetry/api'
import type { Tracer } from '@opentelemetry/api'
import { eventName } from '@todo/model/events'
import type { JobHandler } from '../job-scheduler.ts'
import type { EventHandler } from '../service.ts'
import { inSpan } from './span.ts'

/** The handler in a span of its own: the event as it sees it carries that, so that what it causes follows from it. */
export function traceHandler(tracer: Tracer, handler: EventHandler): EventHandler {
  return {
    ...handler,
    handle: (event, delivery) => {
      const attributes = {
        'messaging.destination.name': handler.topic,
        'messaging.operation.type': 'process',
        'messaging.message.id': event.id,
        'todo.subject': event.subject,
        'todo.attempt': delivery.attempt,
      }
      const name = `handle ${eventName(event.type) ?? event.type}`
      return inSpan(tracer, { name, kind: SpanKind.CONSUMER, parent: event.traceparent, attributes }, (traceparent) =>
        handler.handle({ ...event, traceparent }, delivery),
      )
    },
  }
}

/** A job belongs to the trace of what ordered it. */
export function traceJob(tracer: Tracer, kind: string, handler: JobHandler): JobHandler {
  return (job) => {
    const parent = typeof job.data.traceparent === 'string' ? job.data.traceparent : undefined
    const attributes = { 'todo.job': job.name }
    return inSpan(tracer, { name: `run ${kind}`, kind: SpanKind.CONSUMER, parent, attributes }, () => handler(job))
  }
}
