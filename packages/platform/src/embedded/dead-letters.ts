import type pg from 'pg'
import type { Topic } from '@todo/model/events'
import type { ServiceName } from '../service.ts'

export interface DeadLetter {
  consumer: ServiceName
  topic: Topic
  /** The event as it came, well-formed or not. */
  event: unknown
  error: string
  attempts: number
}

export async function keepDeadLetter(
  pool: pg.Pool,
  { consumer, topic, event, error, attempts }: DeadLetter,
): Promise<void> {
  await pool.query(
    `insert into platform.dead_letter (consumer, topic, event_id, event, error, attempts)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (consumer, topic, event_id) do update
     set event = excluded.event, error = excluded.error, attempts = excluded.attempts, failed_at = now()`,
    [consumer, topic, eventId(event), JSON.stringify(event) ?? 'null', error, attempts],
  )
}

function eventId(event: unknown): string {
  const id = (event as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id : ''
}
