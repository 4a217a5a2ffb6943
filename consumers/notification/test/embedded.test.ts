import { expect, it } from 'vitest'
import { Registry } from 'prom-client'
import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { EmbeddedEventBus } from '@todo/platform/embedded/event-bus'
import { EmbeddedJobScheduler } from '@todo/platform/embedded/job-scheduler'
import { EmbeddedStateStore } from '@todo/platform/embedded/state-store'
import { migratePlatform, openWorkerPool } from '@todo/platform/embedded/worker-pool'
import { createLog } from '@todo/platform/log'
import type { Job } from '@todo/platform/job-scheduler'
import type { Deps, ServiceName } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { NO_TRACER } from '@todo/platform/tracing/span'
import type { NotificationConfig } from '../src/config.ts'
import { notificationService } from '../src/service.ts'
import { TestClock, reminderDue } from './notification-service.ts'
import { TestMailServer } from './smtp-server.ts'

const log = createLog('test', 'silent')

/** The service behind the real bus and scheduler. Its clock is behind theirs, and jumps to whatever it plans. */
async function startEmbedded(smtpUrl: string) {
  const { url, close } = await createTestDatabase()
  const pool = openWorkerPool(url, log)
  await migratePlatform(pool, log)
  const [bus, scheduler, clock] = [
    new EmbeddedEventBus({ pool, log }),
    new EmbeddedJobScheduler({ pool, log }),
    new TestClock(),
  ]
  clock.moveTo('2020-01-01T00:00:00Z')
  const schedule = async (service: ServiceName, job: Job) => {
    clock.moveTo(job.at)
    await scheduler.schedule(service, job)
  }
  const deps = {
    config: { SMTP_URL: smtpUrl, MAIL_FROM: 'Todo Cloud <no-reply@todo.test>', PUBLIC_URL: 'https://todo.test' },
    state: new EmbeddedStateStore(pool, 'notification'),
    scheduler: { schedule },
    metrics: new Registry(),
    tracer: NO_TRACER,
    now: clock.now,
    bus,
    log,
  } as unknown as Deps<NotificationConfig>
  const { events = [], jobs = {}, stop } = await notificationService.prepare(deps)
  for (const handler of events) bus.subscribe({ consumer: 'notification', ...handler })
  for (const [kind, handler] of Object.entries(jobs)) scheduler.handle('notification', kind, handler)
  const told: TodoEvent[] = []
  const names = ['reminder.delivered', 'reminder.failed'] as const
  bus.subscribe({
    consumer: 'backend',
    topic: 'reminders',
    names,
    delivery: 'once',
    handle: async (event) => void told.push(event),
  })
  await Promise.all([bus.start(), scheduler.start()])
  const stopAll = async () => {
    await stop?.()
    await Promise.all([bus.stop(), scheduler.stop()])
    await pool.end().then(close)
  }
  return { bus, told, stop: stopAll }
}

it('a reminder goes from the bus to the mail server once, past a refusal and a redelivery, and its log is whole', async () => {
  const server = new TestMailServer()
  server.answers = [{ at: 'recipient', code: 450, text: 'mailbox busy' }, null]
  const { bus, told, stop } = await startEmbedded(await server.listen())
  const event = reminderDue({ recipient: { channels: ['email', 'in-app'] } })
  await bus.publish([event, event])
  await pollUntil(() => server.mails.length > 0, { timeoutMs: 10_000 })
  await bus.publish([event])
  const outcomes = () =>
    [...new Map(told.map(({ id, type }) => [id, String(eventName(type))])).values()].toSorted((a, b) =>
      a.localeCompare(b),
    )
  await pollUntil(() => outcomes().length === 3 && told.length > 5)
  expect(outcomes()).toEqual(['reminder.delivered', 'reminder.delivered', 'reminder.failed'])
  expect(server.mails).toHaveLength(1)
  await stop()
  await server.close()
})
