import { z } from 'zod'
import { TOPICS } from '@todo/model/events'
import type { TodoEvent, Topic } from '@todo/model/events'
import { derivedEventId } from '../create-event.ts'
import type { DeadLetter } from '../dead-letters.ts'
import { letterKey } from '../letter-key.ts'
import { SERVICE_NAMES } from '../service.ts'
import type { ServiceName } from '../service.ts'

const TYPE = 'todo.dead-letter.v1'

const Envelope = z.object({
  type: z.literal(TYPE),
  data: z.object({
    consumer: z.enum(SERVICE_NAMES),
    topic: z.enum(TOPICS),
    event: z.unknown(),
    error: z.string(),
    // No more than the database's integer.
    attempts: z.int().min(0).max(2_147_483_647),
  }),
})

/** A dead letter on its way to its topic: the event with what became of it, as a CloudEvent. */
export function deadLetterEvent(letter: DeadLetter, now: Date): Record<string, unknown> {
  const { consumer, topic, event } = letter
  const { traceparent } = (event ?? {}) as Partial<TodoEvent>
  return {
    specversion: '1.0',
    id: derivedEventId(TYPE, consumer, topic, letterKey(event)),
    source: `/todo-cloud/${consumer}`,
    type: TYPE,
    time: now.toISOString(),
    datacontenttype: 'application/json',
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
    data: letter,
  }
}

/** What is in a dead-letter topic: a letter of ours, or an event that someone else put there. */
export function readDeadLetter(content: unknown, topic: Topic, consumer: ServiceName): DeadLetter {
  const envelope = Envelope.safeParse(content)
  if (envelope.success) return envelope.data.data
  const error = 'it came to the dead letters without a reason'
  return { consumer, topic, event: content, error, attempts: 0 }
}
