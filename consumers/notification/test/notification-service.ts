import { Registry } from 'prom-client'
import { v7 } from 'uuid'
import { afterAll, beforeAll } from 'vitest'
import { eventName, events } from '@todo/model/events'
import type { EventData, TodoEvent } from '@todo/model/events'
import { createEvent } from '@todo/platform/create-event'
import { EmbeddedStateStore } from '@todo/platform/embedded/state-store'
import { migratePlatform, openWorkerPool } from '@todo/platform/embedded/worker-pool'
import type { Job } from '@todo/platform/job-scheduler'
import { createLog } from '@todo/platform/log'
import type { Log } from '@todo/platform/log'
import type { Deps } from '@todo/platform/service'
import type { StateStore } from '@todo/platform/state-store'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { NO_TRACER } from '@todo/platform/tracing/span'
import type { NotificationConfig } from '../src/config.ts'
import { notificationService } from '../src/service.ts'

/** What the test's backend seals with, too. */
export const CHANNEL_SECRET = 'a secret of the tests that is long enough'

const silent = createLog('test', 'silent')

export async function openStateStore(): Promise<{ state: StateStore; close: () => Promise<void> }> {
  const { url, close } = await createTestDatabase()
  const pool = openWorkerPool(url, silent)
  await migratePlatform(pool, silent)
  return { state: new EmbeddedStateStore(pool, 'notification'), close: () => pool.end().then(close) }
}

/** One state store for the tests of a file, from before the first until after the last. */
export function stateStoreOfFile(): StateStore {
  let opened: Awaited<ReturnType<typeof openStateStore>>
  beforeAll(async () => {
    opened = await openStateStore()
  })
  afterAll(() => opened.close())
  return {
    get: (key) => opened.state.get(key),
    set: (key, value, options) => opened.state.set(key, value, options),
    delete: (key) => opened.state.delete(key),
  }
}

/** The time of a test: it moves only when told to. */
export class TestClock {
  #ms = Date.parse('2026-12-01T08:00:00Z')

  readonly now = () => new Date(this.#ms)

  moveTo(instant: string | Date): void {
    this.#ms = new Date(instant).getTime()
  }

  advance(ms: number): void {
    this.#ms += ms
  }
}

export interface ServiceOptions {
  state: StateStore
  clock?: TestClock
  smtpUrl?: string | undefined
  privateAddresses?: NotificationConfig['PRIVATE_ADDRESSES']
  log?: Log
  /** Throws to play a broker that is away. */
  beforePublish?: (batch: readonly TodoEvent[]) => void
  beforeSchedule?: () => void | Promise<void>
}

type Outcome = {
  type: string
  id: string
  subject: string
  data: EventData<'reminder.failed'> & { channelId?: string }
}

/** A process of the service: its own mailer and memory, the state shared with the others. */
export async function startService({
  state,
  clock = new TestClock(),
  smtpUrl,
  privateAddresses = 'allow',
  log = silent,
  ...hooks
}: ServiceOptions) {
  const published: Outcome[] = []
  const jobs = new Map<string, Job>()
  const deps = {
    config: {
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'Todo Cloud <no-reply@todo.test>',
      PUBLIC_URL: 'https://todo.test',
      CHANNEL_SECRET,
      PRIVATE_ADDRESSES: privateAddresses,
    },
    log,
    state,
    now: clock.now,
    metrics: new Registry(),
    tracer: NO_TRACER,
    bus: {
      publish: async (batch: readonly TodoEvent[]) => {
        hooks.beforePublish?.(batch)
        published.push(...(batch as unknown as Outcome[]))
      },
    },
    scheduler: {
      schedule: async (_service: string, job: Job) => {
        await hooks.beforeSchedule?.()
        jobs.set(job.name, structuredClone(job))
      },
      cancel: async (_service: string, name: string) => void jobs.delete(name),
    },
  }
  const runtime = await notificationService.prepare(deps as unknown as Deps<NotificationConfig>)
  const handlerOf = (name: string) => runtime.events!.find(({ names }) => (names as string[]).includes(name))!
  return {
    clock,
    published,
    jobs,
    outcomes: (channel = 'email') =>
      published
        .filter(({ data }) => data.channel === channel)
        .map(({ type, data }) => [type.split('.')[2], data.attempt]),
    /** What was told of an endpoint, or of a digest or a test by mail. */
    tries: (channelId: string) =>
      published
        .filter(({ type, data }) => type === 'todo.channel.tried.v1' && data.channelId === channelId)
        .map(({ data }) => data as unknown as EventData<'channel.tried'>),
    remind: (event: TodoEvent) => handlerOf('reminder.due').handle(event, { attempt: 1 }),
    handle: (event: TodoEvent) => handlerOf(eventName(event.type)!).handle(event, { attempt: 1 }),
    deleteAccount: (userId: string) => handlerOf('account.deleted').handle(accountDeleted(userId), { attempt: 1 }),
    runJob: async (job: Job) => runtime.jobs![job.kind]!(JSON.parse(JSON.stringify(job)) as Job),
    /** Runs the planned try when its time has come. */
    runNextJob: async () => {
      const job = [...jobs.values()].at(-1)!
      clock.moveTo(job.at)
      await runtime.jobs![job.kind]!(JSON.parse(JSON.stringify(job)) as Job)
    },
    metrics: () => deps.metrics.metrics(),
    stop: () => runtime.stop!(),
  }
}

function accountDeleted(userId: string): TodoEvent {
  const data = { userId, deletedAt: '2026-12-01T08:00:00.000Z' }
  return createEvent('account.deleted', userId, data, { now: new Date(data.deletedAt), source: 'backend' })
}

type Due = EventData<'reminder.due'>

export function reminderDue(data: Partial<Omit<Due, 'recipient'>> & { recipient?: Partial<Due['recipient']> } = {}) {
  const taskId = data.taskId ?? v7()
  const reminder = events['reminder.due'].data.parse({
    reminderId: v7(),
    taskId,
    userId: v7(),
    remindAt: '2026-12-01T08:00:00.000Z',
    title: 'Water the plants',
    dueAt: '2026-12-01T09:00:00.000Z',
    due: { date: '2026-12-01', time: '10:00', timeZone: 'Europe/Berlin' },
    firedAt: '2026-12-01T08:00:00.100Z',
    ...data,
    recipient: {
      name: 'Ada Lovelace',
      email: 'ada@example.org',
      timeZone: 'Europe/Lisbon',
      locale: 'en-GB',
      channels: ['email'],
      ...data.recipient,
    },
  })
  const now = new Date('2026-12-01T08:00:00.100Z')
  return createEvent('reminder.due', taskId, reminder, { now, source: 'backend' }) as TodoEvent<'reminder.due'> &
    TodoEvent
}
