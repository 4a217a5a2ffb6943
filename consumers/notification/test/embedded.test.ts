import { expect, it } from 'vitest'
import { Registry } from 'prom-client'
import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { EmbeddedDeadLetters } from '@todo/platform/embedded/dead-letters'
import { EmbeddedEventBus } from '@todo/platform/embedded/event-bus'
import { EmbeddedJobScheduler } from '@todo/platform/embedded/job-scheduler'
import { EmbeddedStateStore } from '@todo/platform/embedded/state-store'
import { migratePlatform, openWorkerPool } from '@todo/platform/embedded/worker-pool'
import { createLog } from '@todo/platform/log'
import type { Job } from '@todo/platform/job-scheduler'
import type { Deps, ServiceName } from '@todo/platform/service'
import { nonEmpty, pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { NO_TRACER } from '@todo/platform/tracing/span'
import type { NotificationConfig } from '../src/config.ts'
import { notificationService } from '../src/service.ts'
import { CHANNEL_SECRET, TestClock, reminderDue } from './notification-service.ts'
import { TestMailServer, startScriptedServer } from './smtp-server.ts'

const log = createLog('test', 'silent')

/** The service behind the real bus and scheduler, whose clock is behind theirs and jumps to whatever it plans; or runs as they do. */
async function startEmbedded(smtpUrl: string, runsFreely = false) {
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
    if (!runsFreely) clock.moveTo(job.at)
    await scheduler.schedule(service, job)
  }
  const deps = {
    config: {
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'Todo Cloud <no-reply@todo.test>',
      PUBLIC_URL: 'https://todo.test',
      CHANNEL_SECRET,
      PRIVATE_ADDRESSES: 'allow',
    },
    state: new EmbeddedStateStore(pool, 'notification'),
    scheduler: { schedule, cancel: scheduler.cancel.bind(scheduler) },
    metrics: new Registry(),
    tracer: NO_TRACER,
    now: runsFreely ? () => new Date() : clock.now,
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
  return { bus, told, clock, letters: new EmbeddedDeadLetters(pool), stop: stopAll }
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

it('a mail that was given up is among the dead letters, and is sent when the operator replays it', async () => {
  const server = new TestMailServer()
  server.answers = [{ at: 'recipient', code: 550, text: 'the address is not on our list' }, null]
  const { bus, told, clock, letters, stop } = await startEmbedded(await server.listen())
  const event = reminderDue()
  await bus.publish([event])
  const [letter] = await pollUntil(nonEmpty(() => letters.list({ consumer: 'notification' })))
  expect(letter!.error).toMatch(/^email, given up after one try: .*the address is not on our list/)
  clock.advance(60_000)
  await letters.replay('all')
  await pollUntil(() => told.some(({ type }) => type === 'todo.reminder.delivered.v1'))
  expect(server.mails).toHaveLength(1)
  expect(await letters.list('all')).toEqual([])
  await stop()
  await server.close()
})

it('a mail server that hangs holds back nothing that is to be shown in the app', async () => {
  const silent = await startScriptedServer(() => null)
  const { bus, told, stop } = await startEmbedded(silent.url, true)
  const startedAt = performance.now()
  await bus.publish(Array.from({ length: 30 }, () => reminderDue({ recipient: { channels: ['email', 'in-app'] } })))
  await pollUntil(() => told.filter(({ type }) => type === 'todo.reminder.delivered.v1').length === 30, {
    timeoutMs: 15_000,
  })
  // Half of the time that a server has for its greeting.
  expect(performance.now() - startedAt).toBeLessThan(2_500)
  await silent.close()
  await stop()
})
