import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { BenchPerson } from './app.ts'
import { forEachOf } from './many.ts'
import { readNotices } from './notices.ts'

/** Changes that may wait for their answer at once; a backend that is slower than the rate is given no more. */
const IN_FLIGHT = 64
const CREATE_AT_ONCE = 16
/** Effects that have not come so long after the last change are lost. */
const STRAGGLERS_MS = 60_000
const ASK_AGAIN_MS = 500
/** One of so many changes completes a recurring task, which makes three events more; the others change a title. */
const COMPLETIONS = 10

export interface Effect {
  name: string
  latenciesMs: number[]
  lost: number
}

export interface EffectRun {
  effects: Effect[]
  /** Changes that were answered, a second. */
  reachedPerSecond: number
  failedRequests: number
}

interface Place {
  url: string
  pool: pg.Pool
  person: BenchPerson
}

export interface Phase {
  /** What it needs is there, and it begins. */
  onSet?: () => Promise<void>
  onDone?: () => Promise<void>
}

/** Changes tasks at a steady rate and asks when each effect was there, after its commit. */
export async function measureEffects(
  { url, pool, person }: Place,
  { rate, seconds, onSet, onDone }: Phase & { rate: number; seconds: number },
): Promise<EffectRun> {
  const ids = await createRecurring(pool, person, rate * seconds)
  const notices = await readNotices(url, person.cookie)
  await onSet?.()
  const startedAt = performance.now()
  const answeredAt = await changeAtRate(person, ids, rate)
  const reachedPerSecond = (1_000 * answeredAt.size) / (performance.now() - startedAt)
  await onDone?.()
  const changed = [...answeredAt.keys()]
  const tables = await untilComplete(() => effectsInTables(pool, changed))
  const [onScreen] = await untilComplete(async () => [effectOnScreen(answeredAt, notices.seenAt)])
  notices.close()
  return { effects: [onScreen!, ...tables], reachedPerSecond, failedRequests: ids.length - changed.length }
}

/** Answers when each change was answered; those that failed are not in it. */
async function changeAtRate(person: BenchPerson, ids: string[], rate: number): Promise<Map<string, number>> {
  const answeredAt = new Map<string, number>()
  const startedAt = performance.now()
  await forEachOf([...ids.entries()], IN_FLIGHT, async ([index, id]) => {
    const wait = startedAt + (index * 1_000) / rate - performance.now()
    if (wait > 0) await delay(wait)
    const change =
      index % COMPLETIONS === 0
        ? person.call('POST', `/tasks/${id}/complete`)
        : person.call('PATCH', `/tasks/${id}`, { title: `Water the plants ${index}` })
    await change.then(() => answeredAt.set(id, Date.now())).catch(tell)
  })
  return answeredAt
}

let told = 0

function tell(error: Error): void {
  told += 1
  if (told <= 5) process.stderr.write(`${error.message}\n`)
}

/** Asks until nothing is missing, or it is too late to come. */
async function untilComplete(ask: () => Promise<Effect[]>): Promise<Effect[]> {
  const deadline = Date.now() + STRAGGLERS_MS
  for (;;) {
    const effects = await ask()
    if (effects.every(({ lost }) => lost === 0) || Date.now() > deadline) return effects
    await delay(ASK_AGAIN_MS)
  }
}

async function createRecurring(pool: pg.Pool, person: BenchPerson, count: number): Promise<string[]> {
  const input = {
    title: 'Water the plants',
    due: { date: '2027-01-01', time: '09:00' },
    recurrence: { rule: 'FREQ=DAILY' },
  }
  const create = async () => ((await person.call('POST', '/tasks', input)) as { id: string }).id
  const ids = await forEachOf(Array.from({ length: count }), CREATE_AT_ONCE, create)
  await untilQuiet(pool)
  return ids
}

/** Until everything that was said is in the history. */
export async function untilQuiet(pool: pg.Pool): Promise<void> {
  const deadline = Date.now() + STRAGGLERS_MS
  for (;;) {
    const { rows } = await pool.query<{ unpublished: number; unheard: number }>(
      `select (select count(*)::int from outbox where published_at is null) as unpublished,
         (select count(*)::int from outbox o left join audit.history_entry h
            on h.event_id = (o.entry->'events'->0->>'id')::uuid
          where o.entry->'events'->0->>'type' like 'todo.task.%' and h.event_id is null) as unheard`,
    )
    const [{ unpublished, unheard }] = rows as [{ unpublished: number; unheard: number }]
    if (unpublished + unheard === 0) return
    if (Date.now() > deadline) throw new Error(`${unpublished} entries unpublished, ${unheard} events unheard`)
    await delay(ASK_AGAIN_MS)
  }
}

/** From the answer to the request to the notice in an open browser. */
function effectOnScreen(answeredAt: Map<string, number>, seenAt: Map<string, number>): Effect {
  const seen = [...answeredAt].filter(([id]) => seenAt.has(id))
  return {
    name: 'answer → notice in a browser',
    latenciesMs: seen.map(([id, at]) => Math.max(0, seenAt.get(id)! - at)),
    lost: answeredAt.size - seen.length,
  }
}

/**
 * From the last statement before the commit to the insert of the effect, by the database's one clock: the history
 * line that the audit service writes, and the next occurrence, which goes through two events.
 */
async function effectsInTables(pool: pg.Pool, ids: string[]): Promise<Effect[]> {
  const { rows } = await pool.query<{ audited: number | null; next: number | null; completed: boolean }>(
    `select extract(epoch from h.recorded_at - o.created_at) * 1000 as audited,
       extract(epoch from made.created_at - o.created_at) * 1000 as next, t.completed_at is not null as completed
     from unnest($1::uuid[]) as wanted (id)
     join task t on t.id = wanted.id
     join outbox o on o.key = t.id::text and o.entry->'events'->0->>'type' <> 'todo.task.created.v1'
     left join audit.history_entry h on h.event_id = (o.entry->'events'->0->>'id')::uuid
     left join task successor on t.completed_at is not null and successor.series_id = t.series_id and successor.occurrence_number > 1
     left join outbox made on made.key = successor.id::text`,
    [ids],
  )
  const effect = (name: string, latencies: (number | null)[], expected: number): Effect => {
    const latenciesMs = latencies.filter((latency) => latency !== null).map(Number)
    return { name, latenciesMs, lost: expected - latenciesMs.length }
  }
  const completed = rows.filter((row) => row.completed)
  return [
    effect(
      'commit → history line',
      rows.map((row) => row.audited),
      ids.length,
    ),
    effect(
      'commit → next occurrence',
      completed.map((row) => row.next),
      completed.length,
    ),
  ]
}
