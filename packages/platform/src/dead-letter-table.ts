import type pg from 'pg'
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import { SERVICE_NAMES } from './service.ts'
import type { SqlRunner } from './outbox.ts'
import { letterKey } from './letter-key.ts'
import type { DeadLetter, KeptLetter, LetterChoice } from './dead-letters.ts'

type Sql = Pick<pg.ClientBase, 'query'>

const COLUMNS = 'id::text, consumer, topic, event, error, attempts, failed_at as "failedAt"'
/** The parameters are those of `chosen`. */
const CHOSEN = '($1::text is null or consumer = $1) and ($2::bigint[] is null or id = any($2))'

/** Keeps a letter; one of the same event and consumer takes the place of the older one. */
export async function keepDeadLetter(sql: Sql, letter: DeadLetter): Promise<void> {
  const { consumer, topic, event, error, attempts } = letter
  await sql.query(
    `insert into platform.dead_letter (consumer, topic, event_id, event, error, attempts)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (consumer, topic, event_id) do update
     set event = excluded.event, error = excluded.error, attempts = excluded.attempts, failed_at = now()`,
    [consumer, topic, letterKey(event), JSON.stringify(event) ?? 'null', keepable(error), attempts],
  )
}

export async function listDeadLetters(sql: Sql, choice: LetterChoice): Promise<KeptLetter[]> {
  const text = `select ${COLUMNS} from platform.dead_letter where ${CHOSEN} order by platform.dead_letter.id`
  const { rows } = await sql.query<Row>(text, chosen(choice))
  return rows.map(asLetter)
}

/** Removes letters and answers them. */
export async function takeDeadLetters(sql: Sql, choice: LetterChoice): Promise<KeptLetter[]> {
  const text = `delete from platform.dead_letter where ${CHOSEN} returning ${COLUMNS}`
  const { rows } = await sql.query<Row>(text, chosen(choice))
  return rows.map(asLetter).toSorted((a, b) => Number(a.id) - Number(b.id))
}

/** Removes what a person leaves behind: letters of these subjects, and all that name the person. */
export async function eraseDeadLetters(
  sql: SqlRunner,
  { userId, subjects }: { userId: string; subjects: string[] },
): Promise<void> {
  await sql.query(`delete from platform.dead_letter where event->>'subject' = any($1) or strpos(event::text, $2) > 0`, [
    subjects,
    userId,
  ])
}

/** How many events nobody could handle, asked when somebody looks. */
export function measureDeadLetters(registry: Registry, sql: Sql): void {
  new Gauge({
    name: 'todo_dead_letters',
    help: 'Events that a consumer could not handle, by consumer',
    labelNames: ['consumer'],
    registers: [registry],
    async collect() {
      const { rows } = await sql.query<{ consumer: string; letters: string }>(
        'select consumer, count(*) as letters from platform.dead_letter group by 1',
      )
      for (const consumer of SERVICE_NAMES) this.set({ consumer }, 0)
      for (const { consumer, letters } of rows) this.set({ consumer }, Number(letters))
    },
  })
}

/** A pool of ours gives instants as text, the plain driver as a Date. */
type Row = Omit<KeptLetter, 'failedAt'> & { failedAt: string | Date }

function asLetter(row: Row): KeptLetter {
  return { ...row, failedAt: new Date(row.failedAt) }
}

function chosen(choice: LetterChoice): unknown[] {
  if (choice === 'all') return [null, null]
  return 'consumer' in choice ? [choice.consumer, null] : [null, choice.ids]
}

/** PostgreSQL keeps no NUL in text. */
function keepable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed()
}
