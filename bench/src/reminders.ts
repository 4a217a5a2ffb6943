import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { BenchPerson } from './app.ts'
import { untilQuiet } from './effects.ts'
import type { Phase } from './effects.ts'
import { forEachOf } from './many.ts'

const SPAN_MS = 60_000
const SET_AT_ONCE = 16
/** They are set well before they are due: the slowest machine that this was tried on sets 100 a second. */
const SET_PER_SECOND = 100
const STRAGGLERS_MS = 300_000
const ASK_AGAIN_MS = 1_000

export interface ReminderRun {
  count: number
  /** How long before the first was due the last alarm was set; negative: too late for this to be a fair figure. */
  setBeforeMs: number
  early: number
  doubled: number
  /** From the time that was set to the claim of the reminder. */
  firedMs: number[]
  /** From the time that was set until it stands in the notification centre. */
  shownMs: number[]
}

interface Options extends Phase {
  pool: pg.Pool
  person: BenchPerson
  count: number
}

/** So many reminders, due at even distances within one minute. */
export async function measureReminders({ pool, person, count, onSet, onDone }: Options): Promise<ReminderRun> {
  // A mail for each is another measurement: of the mail server.
  await person.call('PATCH', '/me', { emailReminders: false })
  const firstAt = Date.now() + 10_000 + (1_000 * count) / SET_PER_SECOND
  const times = Array.from({ length: count }, (_, index) => firstAt + Math.floor((index * SPAN_MS) / count))
  await forEachOf(times, SET_AT_ONCE, (at) => {
    const reminders = [{ kind: 'absolute', at: new Date(at).toISOString() }]
    return person.call('POST', '/tasks', { title: 'Turn off the oven', reminders })
  })
  await untilQuiet(pool)
  const setBeforeMs = firstAt - Date.now()
  await delay(Math.max(0, setBeforeMs - 2_000))
  await onSet?.()
  await delay(firstAt + SPAN_MS - Date.now())
  await onDone?.()
  await untilShown(pool, count)
  return { count, setBeforeMs, ...(await outcome(pool)) }
}

async function untilShown(pool: pg.Pool, count: number): Promise<void> {
  const deadline = Date.now() + STRAGGLERS_MS
  while (Date.now() < deadline) {
    const { rows } = await pool.query<{ shown: number }>(
      "select count(*)::int as shown from notification where kind = 'reminder'",
    )
    if (rows[0]!.shown >= count) return
    await delay(ASK_AGAIN_MS)
  }
}

type Outcome = Pick<ReminderRun, 'early' | 'doubled' | 'firedMs' | 'shownMs'>

async function outcome(pool: pg.Pool): Promise<Outcome> {
  const { rows } = await pool.query<{ fired: number | null; shown: number | null; events: number; notes: number }>(
    `select extract(epoch from r.fired_at - r.remind_at)::float8 * 1000 as fired,
       (select extract(epoch from min(n.created_at) - r.remind_at)::float8 * 1000 from notification n
        where n.task_id = r.task_id and n.kind = 'reminder') as shown,
       (select count(*)::int from notification n where n.task_id = r.task_id and n.kind = 'reminder') as notes,
       coalesce(said.events, 0)::int as events
     from reminder r left join (
       select event->'data'->>'reminderId' as id, count(*) as events
       from outbox o, json_array_elements(o.entry->'events') as event
       where event->>'type' = 'todo.reminder.due.v1' group by 1) said on said.id = r.id::text`,
  )
  const firedMs = rows.flatMap(({ fired }) => (fired === null ? [] : [fired]))
  const shownMs = rows.flatMap(({ shown }) => (shown === null ? [] : [shown]))
  return {
    early: firedMs.filter((ms) => ms < 0).length,
    doubled: rows.filter(({ events, notes }) => events > 1 || notes > 1).length,
    firedMs,
    shownMs,
  }
}
