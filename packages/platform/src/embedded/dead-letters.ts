import type pg from 'pg'
import type { Topic } from '@todo/model/events'
import type { ServiceName } from '../service.ts'
import { addParcels, taskOf } from './parcels.ts'

export interface DeadLetter {
  consumer: ServiceName
  topic: Topic
  /** The event as it came, well-formed or not. */
  event: unknown
  error: string
  attempts: number
}

export interface KeptLetter extends DeadLetter {
  id: string
  failedAt: Date
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

export async function listDeadLetters(pool: pg.Pool): Promise<KeptLetter[]> {
  const { rows } = await pool.query<KeptLetter>(
    `select id, consumer, topic, event, error, attempts, failed_at as "failedAt" from platform.dead_letter order by id`,
  )
  return rows
}

/**
 * Gives dead letters back to their consumers, as if they came for the first time; others are not disturbed.
 * @param consumer only those of this one
 * @returns how many
 */
export async function replayDeadLetters(pool: pg.Pool, consumer: ServiceName | null): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<Pick<KeptLetter, 'id' | 'consumer' | 'topic' | 'event'>>(
      `with taken as (
         delete from platform.dead_letter where $1::text is null or consumer = $1 returning id, consumer, topic, event)
       select * from taken order by id`,
      [consumer],
    )
    const jobs = rows.map(({ consumer: to, topic, event }) => ({
      task: taskOf(to, topic),
      parcel: { events: [event], tried: 0 },
      delayMs: 0,
    }))
    await addParcels(client, jobs)
    await client.query('commit')
    client.release()
    return rows.length
  } catch (error) {
    client.release(error as Error)
    throw error
  }
}

function eventId(event: unknown): string {
  const id = (event as { id?: unknown } | null)?.id
  return typeof id === 'string' ? id : ''
}
