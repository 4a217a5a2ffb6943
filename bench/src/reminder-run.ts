import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { BenchPerson } from './app.ts'
import { untilQuiet } from './effects.ts'
import type { Phase } from './effects.ts'
import type { BenchMode } from './app.ts'
import { forEachOf } from './many.ts'
import { quantiles, table } from './report.ts'

const SPAN_MS = 60_000
const SET_AT_ONCE = 16
/** They are set well before they are due: the slowest machine that this was tried on sets 100 a second. */
const SET_PER_SECOND = 100
/** As many as a task may have. */
const PENDING_PER_TASK = 10
const DAY_MS = 24 * 60 * 60_000
const STRAGGLERS_MS = 300_000
const ASK_AGAIN_MS = 1_000
const DUE_TITLE = 'Turn off the oven'

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

/** Reminders of the coming month, with their alarms: what is already there when others come due. */
export async function setPending({ pool, person, count }: Omit<Options, keyof Phase>): Promise<void> {
  const tasks = Array.from({ length: Math.ceil(count / PENDING_PER_TASK) }, (_, index) => index)
  const start = Date.now() + DAY_MS
  await forEachOf(tasks, SET_AT_ONCE, (index) => {
    const at = (nth: number) => new Date(start + (((index * PENDING_PER_TASK + nth) * 997) % (30 * 1_440)) * 60_000)
    const reminders = Array.from({ length: PENDING_PER_TASK }, (_, nth) => ({
      kind: 'absolute',
      at: at(nth).toISOString(),
    }))
    return person.call('POST', '/tasks', { title: 'Water the plants', reminders })
  })
  await untilQuiet(pool)
}

/** So many reminders, due at even distances within one minute. */
export async function measureReminders({ pool, person, count, onSet, onDone }: Options): Promise<ReminderRun> {
  // A mail for each is another measurement: of the mail server.
  await person.call('PATCH', '/me', { emailReminders: false })
  const firstAt = Date.now() + 10_000 + (1_000 * count) / SET_PER_SECOND
  const times = Array.from({ length: count }, (_, index) => firstAt + Math.floor((index * SPAN_MS) / count))
  await forEachOf(times, SET_AT_ONCE, (at) => {
    const reminders = [{ kind: 'absolute', at: new Date(at).toISOString() }]
    return person.call('POST', '/tasks', { title: DUE_TITLE, reminders })
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
     from reminder r join task t on t.id = r.task_id and t.title = $1 left join (
       select event->'data'->>'reminderId' as id, count(*) as events
       from outbox o, json_array_elements(o.entry->'events') as event
       where event->>'type' = 'todo.reminder.due.v1' group by 1) said on said.id = r.id::text`,
    [DUE_TITLE],
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

/** How late they fired and were shown, in a line each, by mode. */
export function remindersTable(runs: readonly { mode: BenchMode; reminders: ReminderRun }[]): string {
  const rows = runs.flatMap(({ mode, reminders }) => {
    const { count, firedMs, shownMs, early, doubled, setBeforeMs } = reminders
    const counts = (latenciesMs: number[]) => [early, doubled, count - latenciesMs.length].map(String)
    const set = `${(setBeforeMs / 1_000).toFixed(0)} s before`
    return [
      [mode, 'due → fired', ...quantiles(firedMs), ...counts(firedMs), set],
      [mode, 'due → in the notification centre', ...quantiles(shownMs), ...counts(shownMs), set],
    ]
  })
  const head = ['mode', 'lateness', 'p50 ms', 'p99 ms', 'max ms', 'early', 'doubled', 'missing', 'all alarms set']
  return table([head, ...rows])
}
