import { isDeepStrictEqual } from 'node:util'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { LEASE_LOCK } from '@todo/platform/outbox-rows'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { withClient } from './support/captured-events.ts'
import { inMs } from './support/days.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async () => {
  app = await startApp()
  ada = await app.signUp()
})
afterAll(() => app.close())

const KILLS = 6
const WRITERS = 6
/** A fault has healed when the app answers again; so long after it everything is done (SC-003). */
const HEALED_MS = 60_000

/** What was answered with success, and so must never be lost. */
interface Acknowledged {
  created: Task[]
  completed: Task[]
}

/** Creates series and completes them, one after the other, until the app goes away under it. */
async function write(acknowledged: Acknowledged, isOver: AbortSignal): Promise<void> {
  while (!isOver.aborted) {
    const task = await ada.createTask({
      title: 'Burst',
      due: { date: '2040-01-01' },
      recurrence: { rule: 'FREQ=DAILY' },
      reminders: [{ kind: 'absolute', at: inMs(50) }],
    })
    acknowledged.created.push(task)
    acknowledged.completed.push(await ada.complete(task))
  }
}

async function burstAndKill(acknowledged: Acknowledged, writes: number): Promise<void> {
  const over = new AbortController()
  const target = acknowledged.completed.length + writes
  const writers = Array.from({ length: WRITERS }, () => write(acknowledged, over.signal).catch(() => undefined))
  await pollUntil(() => acknowledged.completed.length >= target, { intervalMs: 1, timeoutMs: 20_000 })
  await app.kill()
  over.abort()
  await Promise.all(writers)
}

interface BothSides {
  published: string[]
  recorded: string[]
  waiting: number
}

/** Ids of events about tasks on the bus, and in the history that the audit service keeps. */
async function bothSides(): Promise<BothSides> {
  const events = (await app.events()).filter(({ type }) => /^todo\.(task|list|reminder)\.(?!changed)/.test(type))
  const { rows } = await withClient(app.databaseUrl!, (client) => client.query<Omit<BothSides, 'published'>>(RECORDED))
  return { published: events.map(({ id }) => id).toSorted(), ...rows[0]! }
}

const RECORDED = `
  select
    array(select event_id::text from audit.history_entry order by 1) as recorded,
    (select count(*) from outbox where published_at is null)::int as waiting`

test(
  'kill -9 in the middle of a burst, many times: nothing that was answered is lost, and nothing happens twice',
  { tags: ['slow'], timeout: 150_000 },
  async () => {
    const acknowledged: Acknowledged = { created: [], completed: [] }
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await burstAndKill(acknowledged, kill * 2)
      await app.restart()
    }
    const restartedAt = Date.now()
    const { published, recorded } = await agreement()
    const settledMs = Date.now() - restartedAt
    expect([without(recorded, published), without(published, recorded)], 'out of nowhere, and lost').toEqual([[], []])

    const isWhole = async () => brokenSeries(await everything()).length === 0
    await pollUntil(isWhole, { timeoutMs: HEALED_MS, intervalMs: 250 }).catch(() => undefined)
    const all = await everything()
    expect(brokenSeries(all), 'series without exactly one next for what was completed').toEqual([])
    const byId = new Map(all.map((task) => [task.id, task]))
    expect(acknowledged.created.filter(({ id }) => !byId.has(id))).toEqual([])
    expect(acknowledged.completed.filter(({ id }) => !byId.get(id)?.completedAt)).toEqual([])
    await everyHistoryIsWhole(all)
    expect(await deadLetters()).toEqual([])
    console.log(
      `crashes: ${KILLS} kills, ${acknowledged.created.length} creates and ${acknowledged.completed.length} completions answered, ${published.length} events; settled ${settledMs} ms after the last start`,
    )
  },
)

/** Both sides when they have come to agree, or as they are when they do not. */
async function agreement(): Promise<BothSides> {
  let sides = await bothSides()
  const agree = async () => {
    sides = await bothSides()
    return sides.waiting === 0 && isDeepStrictEqual(sides.published, sides.recorded)
  }
  await pollUntil(agree, { timeoutMs: HEALED_MS, intervalMs: 250 }).catch(() => undefined)
  return sides
}

function without(some: string[], others: string[]): string[] {
  const known = new Set(others)
  return some.filter((id) => !known.has(id))
}

/** All but those with one occurrence that is open, or that is completed and has one next that is open. */
function brokenSeries(tasks: Task[]): unknown[] {
  const series = [...Map.groupBy(tasks, ({ seriesId }) => seriesId).values()].map((occurrences) =>
    occurrences
      .toSorted((a, b) => Number(a.occurrenceNumber) - Number(b.occurrenceNumber))
      .map(({ occurrenceNumber, completedAt }) => `${occurrenceNumber} ${completedAt ? 'done' : 'open'}`)
      .join(', '),
  )
  return series.filter((occurrences) => occurrences !== '1 open' && occurrences !== '1 done, 2 open')
}

const everything = () => ada.tasks('state=all&sort=created')

/** Each version of each task has its one line: no change without its event, and no event without its line. */
async function everyHistoryIsWhole(tasks: Task[]): Promise<void> {
  for (const task of tasks) {
    const versions = (await ada.history(task)).flatMap(({ version }) => version ?? [])
    expect(versions.toReversed()).toEqual(Array.from({ length: task.version }, (_, n) => n + 1))
  }
}

async function deadLetters(): Promise<unknown[]> {
  const { rows } = await withClient(app.databaseUrl!, (client) =>
    client.query('select consumer, error from platform.dead_letter'),
  )
  return rows
}

/** What did not heal is known to its log alone. */
function withWhatItSaid(cause: Error): never {
  throw new Error(`${cause.message}; since its start the app said:\n${app.said().slice(-2_500)}`, { cause })
}

/** Nothing that is committed while this goes on is published. */
async function withoutRelay<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(app.databaseUrl!, async (client) => {
    await client.query('select pg_advisory_lock($1)', [LEASE_LOCK])
    return work(client)
  })
}

test('kill -9 between commit and publish: the reminder and the next occurrence still come, once', async () => {
  const { reminded, series } = await withoutRelay(async (client) => {
    const reminders = [{ kind: 'absolute', at: inMs(700) }]
    const one = await ada.createTask({ title: 'Do not forget', reminders })
    const other = await ada.createTask({ due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
    await ada.complete(other)
    await app.kill()
    const waiting = await client.query('select from outbox where published_at is null and key = $1', [other.id])
    expect(waiting.rowCount, 'committed, and not published').toBe(2)
    return { reminded: one, series: other }
  })
  await app.restart()
  const since = Date.now()
  await ada.nextAfter(series, HEALED_MS).catch(withWhatItSaid)
  const nextMs = Date.now() - since
  const told = async () => {
    const { items } = await ada.ok('GET', '/notifications?limit=100')
    return items.filter(({ taskId }: { taskId: string }) => taskId === reminded.id)
  }
  await pollUntil(async () => (await told()).length > 0, { timeoutMs: HEALED_MS, what: 'the reminder' })
  console.log(`crashes: after a restart the next occurrence took ${nextMs} ms, the reminder ${Date.now() - since} ms`)
  expect(await told()).toHaveLength(1)
  expect(await ada.occurrences(series)).toHaveLength(2)
  const mails = () => app.smtp.mails.filter(({ subject }) => subject === 'Reminder: Do not forget')
  await pollUntil(() => mails().length > 0, { timeoutMs: HEALED_MS, what: 'the mail' })
  expect(mails()).toHaveLength(1)
}, 90_000)

test('a change whose event cannot be kept is no change', async () => {
  const task = await ada.createTask({ title: 'Before' })
  await withClient(app.databaseUrl!, (client) =>
    client.query(`alter table outbox add constraint refused check (key <> '${task.id}') not valid`),
  )
  const refused = await ada.call('PATCH', `/tasks/${task.id}`, { title: 'After' })
  expect(refused).toMatchObject({ status: 500, body: { code: 'internal' } })
  expect(JSON.stringify(refused.body)).not.toMatch(/outbox|constraint/)
  expect(await ada.task(task.id)).toEqual(task)
  await withClient(app.databaseUrl!, (client) => client.query('alter table outbox drop constraint refused'))
  expect(await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'After' })).toMatchObject({ title: 'After', version: 2 })
})
