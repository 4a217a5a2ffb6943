import { parseArgs } from 'node:util'
import pg from 'pg'
import { signUpPerson, startBenchApp } from './app.ts'
import type { BenchPerson } from './app.ts'
import { readNotices } from './notices.ts'
import { describeMachine, percentile, table } from './report.ts'

const RATES = [50, 200]
/** p99 of commit → effect that this mode should stay under, in milliseconds. */
const AIM_MS = 25
const SETTLE_MS = 2_000
/** One of so many changes completes a recurring task, which makes three events more; the others change a title. */
const COMPLETIONS = 10

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '20' } } })
const seconds = Number(values.seconds)

interface Effect {
  name: string
  latenciesMs: number[]
  lost: number
}

const app = await startBenchApp()
const pool = new pg.Pool({ connectionString: app.databaseUrl })
try {
  const person = await signUpPerson(app.url, 1)
  process.stdout.write(`${describeMachine()}; ${seconds} s each\n`)
  await run(person, 50, 3)
  for (const rate of RATES) {
    const effects = await run(person, rate, seconds)
    process.stdout.write(`\n${rate} events/s\n${report(effects)}\n`)
  }
} finally {
  await pool.end()
  await app.stop()
}

/** Changes tasks at a steady rate and asks when each effect was there, after its commit was answered. */
async function run(person: BenchPerson, rate: number, duration: number): Promise<Effect[]> {
  const count = rate * duration
  const ids = await createRecurring(person, count)
  const notices = await readNotices(app.url, person.cookie)
  const answeredAt = new Map<string, number>()
  const startedAt = performance.now()
  const pending: Promise<unknown>[] = []
  for (const [index, id] of ids.entries()) {
    const wait = startedAt + (index * 1_000) / rate - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const change =
      index % COMPLETIONS === 0
        ? person.call('POST', `/tasks/${id}/complete`)
        : person.call('PATCH', `/tasks/${id}`, { title: `Water the plants ${index}` })
    pending.push(change.then(() => answeredAt.set(id, Date.now())))
  }
  await Promise.all(pending)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  notices.close()
  return [effectOnScreen(ids, answeredAt, notices.seenAt), ...(await effectsInTables(ids))]
}

async function createRecurring(person: BenchPerson, count: number): Promise<string[]> {
  const ids: string[] = []
  const input = {
    title: 'Water the plants',
    due: { date: '2027-01-01', time: '09:00' },
    recurrence: { rule: 'FREQ=DAILY' },
  }
  while (ids.length < count) {
    const batch = Array.from({ length: Math.min(16, count - ids.length) }, () => person.call('POST', '/tasks', input))
    ids.push(...(await Promise.all(batch)).map((task) => (task as { id: string }).id))
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  return ids
}

/** From the answer to the request to the notice in an open browser. */
function effectOnScreen(ids: string[], answeredAt: Map<string, number>, seenAt: Map<string, number>): Effect {
  const seen = ids.filter((id) => seenAt.has(id))
  return {
    name: 'answer → notice in a browser',
    latenciesMs: seen.map((id) => Math.max(0, seenAt.get(id)! - answeredAt.get(id)!)),
    lost: ids.length - seen.length,
  }
}

/**
 * From the last statement before the commit to the insert of the effect, by the database's one clock: the history
 * line that the audit service writes, and the next occurrence, which goes through two events.
 */
async function effectsInTables(ids: string[]): Promise<Effect[]> {
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
  const effect = (name: string, latencies: (number | null)[]): Effect => {
    const latenciesMs = latencies.filter((latency) => latency !== null).map(Number)
    return { name, latenciesMs, lost: latencies.length - latenciesMs.length }
  }
  return [
    effect(
      'commit → history line',
      rows.map((row) => row.audited),
    ),
    effect(
      'commit → next occurrence',
      rows.filter((row) => row.completed).map((row) => row.next),
    ),
  ]
}

function report(effects: Effect[]): string {
  const line = ({ name, latenciesMs, lost }: Effect) => {
    const p99 = percentile(latenciesMs, 0.99)
    const shown = [percentile(latenciesMs, 0.5), p99, Math.max(...latenciesMs)].map((ms) => ms.toFixed(1))
    return [name, ...shown, String(lost), p99 <= AIM_MS ? 'met' : `p99 over ${AIM_MS} ms`]
  }
  return table([['effect', 'p50 ms', 'p99 ms', 'max ms', 'lost', 'aim'], ...effects.map(line)])
}
