import pg from 'pg'
import { readAccess } from '@todo/backend/internals/access'
import { createUnitOfWork } from '@todo/backend/internals/context'
import { endWithUsage, readOptions } from '@todo/platform/command-options'
import { createLog } from '@todo/platform/log'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { signUpPerson, startBenchApp } from './app.ts'
import type { BenchApp, BenchPerson } from './app.ts'
import { startBareRoute } from './bare-route.ts'
import { CONNECTIONS, loadDirect, loadHttp } from './load.ts'
import type { Load } from './load.ts'
import { describeMachine, table } from './report.ts'
import { scenariosOf } from './scenarios.ts'
import type { Fixture, Scenario } from './scenarios.ts'
import { seedTasks } from './seed.ts'
import { openDriver, recordStatements, runStatements } from './statements.ts'
import type { Statement } from './statements.ts'

const LISTS = 6
const SIZES = [10_000, 100_000]
const SAMPLES = 200
const WARM_UP_SECONDS = 2
const OPEN_TASKS =
  'select id, title from task where completed_at is null and list_id = any($1) order by hashtext(id::text)'

const WAITING = 'select from outbox where published_at is null limit 1'

const USAGE = 'npm run bench:api -- [--seconds 8]'
const { values } = readOptions({ seconds: { type: 'string', default: '8' } }, USAGE)
const seconds = Number(values.seconds)
if (!(seconds > 0)) endWithUsage(`--seconds=${values.seconds} is not a number of seconds`, USAGE)

interface Row {
  scenario: Scenario
  load: Load
  driverPerSecond: number
  bareRoutePerSecond: number
}

const app = await startBenchApp()
const pool = new pg.Pool({ connectionString: app.databaseUrl })
try {
  const person = await signUpPerson(app.url, LISTS)
  process.stdout.write(`${describeMachine()}; ${CONNECTIONS} connections, ${seconds} s each\n`)
  let tasks = 0
  for (const size of SIZES) {
    await seedTasks(pool, person.listIds, size - tasks, tasks)
    tasks = size
    const rows: Row[] = []
    for (const scenario of scenariosOf(await fixtureOf(person))) rows.push(await measure(app, person, scenario))
    process.stdout.write(`\n${size.toLocaleString('en')} tasks\n${report(rows)}\n`)
  }
} finally {
  await pool.end()
  await app.stop()
}

async function fixtureOf(person: BenchPerson): Promise<Fixture> {
  const { id } = (await person.call('GET', '/me')) as { id: string }
  const { db, close } = recordStatements(app.databaseUrl)
  const access = await readAccess(db, id)
  await close()
  if (!access) throw new Error('the person of the bench has no Inbox')
  const { rows } = await pool.query<{ id: string; title: string }>(`${OPEN_TASKS} limit 60000`, [person.listIds])
  const openTaskIds = async () =>
    (await pool.query<{ id: string }>(OPEN_TASKS, [person.listIds])).rows.map(({ id: taskId }) => taskId)
  return {
    access,
    taskIds: rows.map((row) => row.id),
    titles: rows.slice(0, 5_000).map((row) => row.title),
    openTaskIds,
  }
}

/** With the app at rest: what statements put into the outbox is no work for it, now or later. */
async function alone<T>(bench: BenchApp, work: () => Promise<T>): Promise<T> {
  const isEmpty = async () => (await pool.query(WAITING)).rowCount === 0
  await pollUntil(isEmpty, { timeoutMs: 60_000, what: 'the end of what the app still does' })
  bench.pause()
  try {
    const answer = await work()
    await pool.query('delete from outbox where published_at is null')
    return answer
  } finally {
    bench.resume()
  }
}

async function measure(bench: BenchApp, { cookie }: BenchPerson, scenario: Scenario): Promise<Row> {
  const { url, databaseUrl } = bench
  // Of what can be used up, a tenth warms up, half is measured, and a third of the rest is for the driver alone.
  const supply = async (share: number) => {
    const most = await scenario.prepare?.()
    return most === undefined ? undefined : Math.floor(most * share)
  }
  await loadHttp(url, cookie, { seconds: WARM_UP_SECONDS, most: await supply(1 / 10) }, scenario.next)
  const load = await loadHttp(url, cookie, { seconds, most: await supply(1 / 2) }, scenario.next)
  const most = await supply(1 / 3)
  const driverPerSecond = await alone(bench, () => measureStatements(databaseUrl, scenario, most))
  await scenario.prepare?.()
  const request = scenario.next()
  const { method, path, body } = request
  const type = body === undefined ? {} : { 'content-type': 'application/json' }
  const sent = body === undefined ? null : JSON.stringify(body)
  const answer = await fetch(url + path, { method, headers: { cookie, ...type }, body: sent })
  const bare = await startBareRoute(await answer.text())
  const bareRoute = await loadHttp(bare.url, '', { seconds: seconds / 2 }, () => request)
  bare.stop()
  return { scenario, load, driverPerSecond, bareRoutePerSecond: bareRoute.perSecond }
}

/** The limit: the scenario's own statements, through the driver and nothing else. */
async function measureStatements(databaseUrl: string, { once, vary }: Scenario, most?: number): Promise<number> {
  const recorder = recordStatements(databaseUrl)
  const unitOfWork = createUnitOfWork({
    database: { pool: recorder.pool, kysely: () => recorder.db as never },
    relay: { wake: () => {} },
    now: () => new Date(),
    log: createLog('bench', 'silent'),
  })
  const samples: { statements: Statement[]; id: string }[] = []
  for (let n = 0; n < SAMPLES; n += 1) {
    await once(recorder.db, unitOfWork)
    samples.push({ statements: recorder.taken(), id: vary?.id() ?? '' })
  }
  await recorder.close()
  const driver = openDriver(databaseUrl)
  let turn = 0
  const work = () => {
    const { statements, id } = samples[(turn += 1) % samples.length]!
    return runStatements(driver, vary ? withId(statements, id, vary.next()) : statements, vary !== undefined)
  }
  try {
    await loadDirect({ seconds: 1, most }, work)
    return await loadDirect({ seconds: seconds / 2, most }, work)
  } finally {
    await driver.end()
  }
}

function withId(statements: Statement[], id: string, other: string): Statement[] {
  return JSON.parse(JSON.stringify(statements).replaceAll(id, other)) as Statement[]
}

function report(rows: Row[]): string {
  const header = [
    'scenario',
    'per second',
    'p50 ms',
    'p99 ms',
    'errors',
    'driver alone',
    'bare route',
    'in series',
    'share',
    'aims',
  ]
  return table([
    header,
    ...rows.map(({ scenario, load, driverPerSecond, bareRoutePerSecond }) => {
      const inSeries = 1 / (1 / driverPerSecond + 1 / bareRoutePerSecond)
      const share = load.perSecond / inSeries
      const missed = [
        ...(load.perSecond < scenario.aimPerSecond ? [`under ${scenario.aimPerSecond}/s`] : []),
        ...(load.p99Ms > scenario.aimMs ? [`p99 over ${scenario.aimMs} ms`] : []),
        ...(share < 0.5 ? ['under half'] : []),
        ...(load.errors > 0 ? ['errors'] : []),
      ]
      const numbers = [
        load.perSecond,
        load.p50Ms,
        load.p99Ms,
        load.errors,
        driverPerSecond,
        bareRoutePerSecond,
        inSeries,
      ]
      return [
        scenario.name,
        ...numbers.map((number) => Math.round(number).toLocaleString('en')),
        `${Math.round(share * 100)} %`,
        missed.join(', ') || 'met',
      ]
    }),
  ])
}
