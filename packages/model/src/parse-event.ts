import { z } from 'zod'
import { eventName, events } from './events.ts'
import type { EventName, TodoEvent } from './events.ts'

const Envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  source: z.string().min(1),
  type: z.string().min(1),
  subject: z.string().min(1),
  time: z.string(),
  datacontenttype: z.literal('application/json').default('application/json'),
  partitionkey: z.string().min(1),
  traceparent: z.string().optional(),
})

export type ParsedEvent =
  { ok: true; name: EventName; event: TodoEvent } | { ok: false; reason: 'malformed' | 'unknown-type'; message: string }

/** Reads a CloudEvent that came over a bus. Fields that this code does not know are dropped: newer producers may add them. */
export function parseEvent(input: unknown): ParsedEvent {
  const envelope = Envelope.safeParse(input)
  if (!envelope.success) return { ok: false, reason: 'malformed', message: z.prettifyError(envelope.error) }
  const name = eventName(envelope.data.type)
  if (!name) return { ok: false, reason: 'unknown-type', message: `no event is declared for ${envelope.data.type}` }
  const data = events[name].data.safeParse((input as { data?: unknown }).data)
  if (!data.success) return { ok: false, reason: 'malformed', message: z.prettifyError(data.error) }
  return { ok: true, name, event: { ...envelope.data, data: data.data } }
}
