import { v5, v7 } from 'uuid'
import { eventType } from '@todo/model/events'
import type { EventData, EventName, TodoEvent } from '@todo/model/events'
import type { ServiceName } from './service.ts'

export interface EventOrigin {
  /** Derived (`derivedEventId`) where a retry has to be the same event; a new UUIDv7 when left out. */
  id?: string
  now: Date
  source: ServiceName
  /** W3C trace context of what caused it. */
  traceparent?: string | undefined
}

/** A CloudEvent 1.0 of ours. The subject is the partition key too, so that one subject's events keep their order. */
export function createEvent<N extends EventName>(
  name: N,
  subject: string,
  data: EventData<N>,
  { id = v7(), now, source, traceparent }: EventOrigin,
): TodoEvent<N> {
  return {
    specversion: '1.0',
    id,
    source: `/todo-cloud/${source}`,
    type: eventType(name),
    subject,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    partitionkey: subject,
    ...(traceparent ? { traceparent } : {}),
    data,
  }
}

/** Namespace of ids that are worked out instead of drawn, so that doing something again names the same event. */
const DERIVED_EVENTS = 'a1b8d8d2-58b4-5f0e-9a55-0d2f6f3c7e41'

/** UUIDv5 (RFC 9562 §5.5) of what the event follows from; the same parts always give the same id. */
export function derivedEventId(...parts: [string, ...(string | number)[]]): string {
  return v5(JSON.stringify(parts), DERIVED_EVENTS)
}
