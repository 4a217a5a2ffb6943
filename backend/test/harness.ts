import { readFile } from 'node:fs/promises'
import { Registry } from 'prom-client'
import type { FastifyInstance, InjectOptions } from 'fastify'
import type { EventData, EventName, TodoEvent } from '@todo/model/events'
import { eventName } from '@todo/model/events'
import { occurrenceId } from '@todo/model/occurrence-id'
import type { Task } from '@todo/model/task'
import { createEvent } from '@todo/platform/create-event'
import { createHttpApp } from '@todo/platform/http/app'
import type { Invoke } from '@todo/platform/invoke'
import type { Job } from '@todo/platform/job-scheduler'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import { loadConfig } from '@todo/platform/config'
import type { Deps, Runtime } from '@todo/platform/service'
import { PLATFORM_MIGRATIONS } from '@todo/platform/platform-tables'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { TestPooler } from '@todo/platform/testing/pgbouncer'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'
import { NO_TRACER } from '@todo/platform/tracing/span'
import type { ProxyTrust } from '@todo/platform/trust-proxy'
import type { BackendConfig } from '../src/config.ts'
import { prepareBackend } from '../src/runtime.ts'
import { backendService } from '../src/service.ts'
import type { Passwords } from '../src/auth/auth.ts'
import { PLAIN_PASSWORDS } from './plain-passwords.ts'

/** Of everything that wants one. */
export const SECRET = 'only-for-tests-0123456789abcdefghij'

/** A backend on a database of its own, with a bus and a scheduler that only write down what they are told. */
export interface TestBackend {
  app: FastifyInstance
  runtime: Runtime
  testDatabase: TestDatabase
  published: TodoEvent[]
  jobs: Map<string, Job>
  /** Moves the clock. */
  setNow: (now: Date | null) => void
  signUp: (name?: string) => Promise<Client>
  /** Waits until an event of this name about this subject is published. */
  event: <N extends EventName>(name: N, subject: string) => Promise<TodoEvent<N>>
  /** Hands an event to the backend's own handlers, as the bus would. */
  deliver: (event: TodoEvent) => Promise<void>
  /** What a start of this version makes of what an older one has left. */
  migrateAgain: (file: string) => Promise<void>
  close: () => Promise<void>
}

/** One person with a session. */
export interface Client {
  userId: string
  /** The same person and session, at another replica. */
  at: (replica: TestBackend) => Client
  call: (method: Method, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
  createTask: (input: Record<string, unknown>) => Promise<Task>
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'

interface Answer {
  status: number
  headers: Record<string, unknown>
  // Tests look into answers of every shape.
  body: any
}

export interface BackendOptions {
  env?: Record<string, string>
  invoke?: Partial<Invoke>
  publish?: (events: readonly TodoEvent[]) => Promise<void>
  trustProxy?: ProxyTrust
  /** Between it and its database. */
  pooler?: TestPooler
  /** Of which only the tests know, when left out; `real` are kept as the program does, which takes its time. */
  passwords?: Passwords | 'real'
  /** Another replica of this one, on its database; nothing that it says comes here. */
  replicaOf?: TestBackend
}

export async function createBackend({
  env = {},
  invoke = {},
  publish,
  trustProxy = 0,
  pooler,
  passwords = PLAIN_PASSWORDS,
  replicaOf,
}: BackendOptions = {}): Promise<TestBackend> {
  const testDatabase = replicaOf?.testDatabase ?? (await createTestDatabase(undefined, pooler))
  const log = createLog('backend', 'silent')
  const migrator = { pool: testDatabase.database.direct, log }
  for (const set of [PLATFORM_MIGRATIONS, { owner: 'backend', folder: backendService.migrations! }])
    await migrate(migrator, set)
  const published: TodoEvent[] = []
  const jobs = new Map<string, Job>()
  let fixedNow: Date | null = null
  const config = loadConfig(backendService.config, {
    PUBLIC_URL: 'http://localhost',
    AUTH_SECRET: SECRET,
    STREAM_SECRET: SECRET,
    CHANNEL_SECRET: SECRET,
    CREDENTIAL_TRIES_PER_MINUTE: '1000',
    ...env,
  })
  const deps: Deps<BackendConfig> = {
    config,
    log,
    now: () => fixedNow ?? new Date(),
    database: testDatabase.database,
    bus: {
      publish: async (events) => {
        await publish?.(events)
        published.push(...events)
      },
    },
    scheduler: {
      schedule: async (_service, job) => void jobs.set(job.name, job),
      cancel: async (_service, name) => void jobs.delete(name),
    },
    state: { get: async () => null, set: async () => true, delete: async () => {} },
    invoke: {
      call: invoke.call ?? (async () => ({ status: 200, body: { items: [], nextCursor: null } })),
      stream: invoke.stream ?? (async () => Promise.reject(new Error('no stream in this test'))),
    },
    metrics: new Registry(),
    tracer: NO_TRACER,
  }
  const runtime = await prepareBackend(deps, passwords === 'real' ? undefined : passwords)
  const app = createHttpApp({ log, trustProxy })
  await runtime.routes!(app)
  await app.ready()
  await runtime.start!()
  return {
    app,
    runtime,
    testDatabase,
    published,
    jobs,
    setNow: (now) => {
      fixedNow = now
    },
    signUp: (name = 'Ada') => signUp(app, name),
    event: (name, subject) =>
      pollUntil(() => published.find((event) => eventName(event.type) === name && event.subject === subject) as never, {
        what: `${name} about ${subject}`,
      }),
    deliver: async (event) => {
      for (const handler of runtime.events ?? []) {
        if (handler.names.includes(eventName(event.type)!)) await handler.handle(event, { attempt: 1 })
      }
    },
    migrateAgain: async (file) => {
      const text = await readFile(new URL(file, backendService.migrations), 'utf8')
      await testDatabase.database.pool.query(text)
    },
    close: async () => {
      await app.close()
      await runtime.stop!()
      if (!replicaOf) await testDatabase.close()
    },
  }
}

let people = 0

async function signUp(app: FastifyInstance, name: string): Promise<Client> {
  people += 1
  const payload = {
    name,
    email: `${name.toLowerCase()}-${people}@example.org`,
    password: 'correct horse battery',
    timeZone: 'Europe/Lisbon',
    locale: 'en-GB',
  }
  const response = await app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload })
  if (response.statusCode !== 200) throw new Error(`sign up: ${response.statusCode} ${response.body}`)
  const cookie = response.cookies.map(({ name: key, value }) => `${key}=${encodeURIComponent(value)}`).join('; ')
  return clientOf(app, cookie, response.json().user.id)
}

function clientOf(app: FastifyInstance, cookie: string, userId: string): Client {
  const call: Client['call'] = async (method, path, body, headers = {}) => {
    const options: InjectOptions = {
      method,
      url: path.startsWith('/api/auth') ? path : `/api/v1${path}`,
      headers: { cookie, ...headers },
    }
    if (body !== undefined) options.payload = body as object
    const answer = await app.inject(options)
    const isJson = String(answer.headers['content-type']).includes('json')
    return { status: answer.statusCode, headers: answer.headers, body: isJson ? answer.json() : answer.body }
  }
  return {
    userId,
    at: (replica) => clientOf(replica.app, cookie, userId),
    call,
    createTask: async (input) => {
      const answer = await call('POST', '/tasks', { title: 'A task', ...input })
      if (answer.status !== 201) throw new Error(`create: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body
    },
  }
}

/** What recurring-task asks for after this occurrence was completed. @throws when it is not completed */
export async function occurrenceDue(client: Client, task: Task, date: string): Promise<TodoEvent<'occurrence.due'>> {
  const { status, body } = await client.call('GET', `/tasks/${task.id}`)
  if (!body.completedAt) throw new Error(`${task.title} is not completed: ${status} ${JSON.stringify(body)}`)
  const data: EventData<'occurrence.due'> = {
    taskId: task.id,
    nextTaskId: occurrenceId(task.seriesId!, date),
    seriesId: task.seriesId!,
    occurrenceAt: date,
    occurrenceNumber: task.occurrenceNumber! + 1,
    missedOccurrences: 0,
    due: { date, time: null, timeZone: null },
    completedAt: body.completedAt,
  }
  return createEvent('occurrence.due', task.id, data, { now: new Date(), source: 'recurring-task' })
}
