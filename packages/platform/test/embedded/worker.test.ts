import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { EmbeddedEventBus } from '@todo/platform/embedded/event-bus'
import { EmbeddedJobScheduler } from '@todo/platform/embedded/job-scheduler'
import { Worker } from '@todo/platform/embedded/worker'
import { openWorkerPool } from '@todo/platform/embedded/worker-pool'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { createPlatformDatabase, silent } from './platform-database.ts'

function subscribe(bus: EmbeddedEventBus, seen: TodoEvent[]): void {
  bus.subscribe({
    consumer: 'audit',
    topic: 'task-events',
    names: ['account.deleted'],
    delivery: 'once',
    handle: (event) => {
      seen.push(event)
      return Promise.resolve()
    },
  })
}

test('what a killed process was handling is taken over at the next start', async () => {
  const { url, pool, close } = await createPlatformDatabase()
  const fixture = fileURLToPath(new URL('hanging-process.ts', import.meta.url))
  const child = spawn(process.execPath, [fixture, url], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  expect(String(said)).toContain('handling')
  child.kill('SIGKILL')
  await once(child, 'exit')

  const seen: TodoEvent[] = []
  const jobs: string[] = []
  const bus = new EmbeddedEventBus({ pool, log: silent })
  const scheduler = new EmbeddedJobScheduler({ pool, log: silent })
  subscribe(bus, seen)
  scheduler.handle('backend', 'remind', ({ name }) => Promise.resolve(void jobs.push(name)))
  await Promise.all([bus.start(), scheduler.start()])
  await pollUntil(() => seen.length === 1 && jobs.length === 1, { timeoutMs: 2_000 })
  expect(jobs).toEqual(['held'])
  await Promise.all([bus.stop(), scheduler.stop()])
  await close()
})

test('a job that was fetched and never came, since the connection broke in between, runs all the same', async () => {
  const { pool, close } = await createPlatformDatabase()
  const ran: unknown[] = []
  const worker = new Worker({ pool, log: silent, concurrency: 2, pollIntervalMs: 100, lookForLostMs: 100 })
  worker.tasks.remember = (payload) => void ran.push(payload)
  await worker.start()
  await pool.query(`select graphile_worker.add_job('remember', '{"lost":true}', run_at => now() + interval '1 hour')`)
  await pool.query(`update graphile_worker._private_jobs
    set locked_by = 'this one', locked_at = now() - interval '1 minute', run_at = now()`)
  await pollUntil(() => ran.length === 1, { timeoutMs: 10_000 })
  expect(ran).toEqual([{ lost: true }])
  await worker.stop()
  await close()
})

/** As `createPlatformDatabase`, with connections of which some statements fail, as they do when they are cut. */
async function createFailingDatabase(failureOf: (text: string) => Promise<never> | undefined) {
  const { url, close } = await createPlatformDatabase()
  const pool = openWorkerPool(url, silent)
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    const answer = (statement: { text?: string }, ...rest: unknown[]) =>
      failureOf(statement.text ?? '') ?? query(statement, ...rest)
    client.query = answer as typeof client.query
  })
  return { pool, close: () => pool.end().then(close) }
}

/** Jobs that are given these names. */
const addJobs = (pool: pg.Pool, ...names: string[]) =>
  pool.query(`select graphile_worker.add_job('remember', to_json(name)) from unnest($1::text[]) name`, [names])

const isDone = (text: string) => text.startsWith('delete from')
const isGivenBack = (text: string) => text.includes('attempts - 1')
const CUT = 'Connection terminated unexpectedly'

test('two jobs that are done and cannot be marked so, at the same moment, keep nothing from running', async () => {
  const bothFail = Promise.withResolvers<never>()
  let failing = 0
  const { pool, close } = await createFailingDatabase((text) => {
    if (failing === 2 || !isDone(text)) return undefined
    failing += 1
    if (failing === 2) bothFail.reject(new Error(CUT))
    return bothFail.promise
  })
  const ran: string[] = []
  const worker = new Worker({ pool, log: silent, concurrency: 2, pollIntervalMs: 100 })
  worker.tasks.remember = (payload) => void ran.push(String(payload))
  await worker.start()
  for (const n of [1, 2]) {
    await addJobs(pool, String(n))
    await pollUntil(() => failing === n)
  }
  await addJobs(pool, '3')
  await pollUntil(() => ran.includes('3'), { timeoutMs: 10_000 })
  expect(worker.problem).toBeNull()
  await worker.stop()
  await close()
})

test('a database that was starting up for a while is used at once when it is back', async () => {
  const { pool, close } = await createPlatformDatabase()
  const ran: unknown[] = []
  const worker = new Worker({ pool, log: silent, concurrency: 2, pollIntervalMs: 100 })
  worker.tasks.remember = (payload) => void ran.push(payload)
  await worker.start()
  await addJobs(pool, 'before')
  await pollUntil(() => ran.length === 1)
  const startingUp = Object.assign(new Error('the database system is starting up'), { code: '57P03' })
  const refuse = (callback: (error: Error) => void) => callback(startingUp)
  const failing = vi.spyOn(pg.Client.prototype, 'connect').mockImplementation(refuse as never)
  await pool
    .query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()')
    .catch(() => undefined)
  await delay(5_000)
  failing.mockRestore()
  await addJobs(pool, 'after')
  await pollUntil(() => ran.length === 2, { timeoutMs: 1_900 })
  await worker.stop()
  await close()
})

test('a job that waited behind others runs, though it could not be given back when the connections were cut', async () => {
  let isCut = false
  const cut = () => delay(100).then(() => Promise.reject(new Error(CUT)))
  const { pool, close } = await createFailingDatabase((text) =>
    isCut && (isDone(text) || isGivenBack(text)) ? cut() : undefined,
  )
  const ran: string[] = []
  const gates = { first: Promise.withResolvers<void>(), second: Promise.withResolvers<void>() }
  const worker = new Worker({ pool, log: silent, concurrency: 2, pollIntervalMs: 100 })
  let isWaiting = false
  worker.events.on('localQueue:setMode', ({ newMode }) => (isWaiting ||= newMode === 'WAITING'))
  worker.tasks.remember = async (payload) => {
    ran.push(String(payload))
    await gates[payload as 'first']?.promise
  }
  await worker.start()
  await addJobs(pool, 'first')
  await pollUntil(() => ran.includes('first'))
  await addJobs(pool, 'second', 'third')
  await pollUntil(() => isWaiting)
  isCut = true
  gates.first.resolve()
  await pollUntil(() => worker.problem !== null)
  gates.second.resolve()
  await delay(500)
  isCut = false
  await pollUntil(() => ran.includes('third') && worker.problem === null, { timeoutMs: 15_000 })
  await worker.stop()
  await close()
}, 30_000)

test('when the database cuts every connection, both go on by themselves and lose nothing', async () => {
  const { pool, close } = await createPlatformDatabase()
  const seen: TodoEvent[] = []
  const bus = new EmbeddedEventBus({ pool, log: silent })
  subscribe(bus, seen)
  await bus.start()
  const sent: TodoEvent[] = []
  const publish = async () => {
    const event = accountDeleted(`key-${sent.length}`)
    // As the relay does: until the bus has taken it.
    await pollUntil(() => bus.publish([event]).then(() => true))
    sent.push(event)
  }
  for (let round = 0; round < 5; round++) {
    for (let index = 0; index < 20; index++) await publish()
    await pollUntil(() =>
      pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()`),
    )
  }
  await publish()
  const ids = () => new Set(seen.map(({ id }) => id))
  // Usually within two seconds, and within five beside seven busy programs on two cores; a job that was lost takes 30.
  await pollUntil(() => ids().size === sent.length, { timeoutMs: 60_000 })
  await pollUntil(() => bus.problem === null, { timeoutMs: 15_000 })
  await bus.stop()
  await close()
}, 90_000)
