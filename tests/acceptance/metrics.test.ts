// @module-tag slow
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { withClient } from './support/captured-events.ts'
import { inMs } from './support/days.ts'
import { untilLive } from './support/live.ts'
import type { Sample } from './support/metrics.ts'

let app: App

beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

/** Where each has something to do. */
const CONSUMERS = {
  backend: 'task-events',
  'recurring-task': 'task-events',
  notification: 'reminders',
  audit: 'task-events',
}

/** Some of every traffic: changes, a next occurrence, a reminder with its mail, an open tab. */
async function useIt(): Promise<void> {
  const ada = await app.signUp()
  await ada.openStream()
  await untilLive(app)
  const series = await ada.createTask({ due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
  await ada.createTask({ title: 'Soon', reminders: [{ kind: 'absolute', at: inMs(300) }] })
  await ada.complete(series)
  await ada.nextAfter(series, 30_000)
  await app.smtp.received(ada.email, 30_000)
}

const valueIn = (samples: Sample[], name: string, labels: Record<string, string> = {}) =>
  samples
    .filter((sample) => sample.name === name)
    .find((sample) => Object.entries(labels).every(([key, text]) => sample.labels[key] === text))?.value

test('what an operator watches is measured: outbox, handling, lag, reminders, mails, streams, dead letters', async () => {
  await useIt()
  // Services come to the end of it one by one.
  await vi.waitFor(async () => assertMeasured(await app.metrics()), { timeout: 30_000, interval: 200 })
}, 120_000)

function assertMeasured(samples: Sample[]): void {
  const value = (name: string, labels?: Record<string, string>) => valueIn(samples, name, labels)
  expect(value('todo_reminder_deliveries_total', { channel: 'email', outcome: 'delivered' })).toBe(1)
  expect(value('todo_outbox_depth')).toBe(0)
  expect(value('todo_http_request_seconds_count', { service: 'backend', outcome: 'answered' })).toBeGreaterThan(5)
  const lags = samples.filter(({ name }) => name === 'todo_consumer_lag_seconds')
  expect(lags.map(({ labels: { consumer, topic } }) => `${consumer} ${topic}`).toSorted()).toEqual([
    'audit reminders',
    'audit task-events',
    'backend reminders',
    'backend task-events',
    'notification reminders',
    'notification task-events',
    'recurring-task task-events',
  ])
  for (const { value: seconds } of lags) expect(seconds).toBeLessThan(30)
  for (const [consumer, topic] of Object.entries(CONSUMERS)) {
    expect(value('todo_event_handling_seconds_count', { consumer, outcome: 'handled' })).toBeGreaterThan(0)
    expect(value('todo_event_handling_seconds_sum', { consumer, outcome: 'handled' })).toBeGreaterThan(0)
    const mean =
      value('todo_event_age_seconds_sum', { consumer, topic })! /
      value('todo_event_age_seconds_count', { consumer, topic })!
    expect(mean).toBeGreaterThan(0)
    expect(mean).toBeLessThan(30)
    expect(value('todo_dead_letters', { consumer })).toBe(0)
  }
  expect(value('todo_outbox_age_seconds', { service: 'backend' })).toBe(0)
  expect(value('todo_outbox_publish_seconds_count', { service: 'backend' })).toBeGreaterThan(3)
  for (const service of ['backend', 'recurring-task', 'notification'])
    expect(value('todo_event_publish_seconds_count', { service, outcome: 'published' })).toBeGreaterThan(0)
  expect(value('todo_reminder_lateness_seconds_count', { service: 'backend' })).toBe(1)
  expect(value('todo_reminder_lateness_seconds_sum', { service: 'backend' })).toBeGreaterThanOrEqual(0)
  expect(value('todo_reminder_lateness_seconds_sum', { service: 'backend' })).toBeLessThan(15)
  expect(value('todo_realtime_open_streams', { service: 'realtime' })).toBe(1)
  expect(value('todo_realtime_notice_age_seconds_count', { service: 'realtime' })).toBeGreaterThan(0)
  expect(value('process_resident_memory_bytes')).toBeGreaterThan(1_000_000)
}

test('a consumer that cannot handle an event is seen to fall behind', async () => {
  const eve = await app.signUp('Eve')
  const id = uuidv7()
  const alterHistory = (change: string) =>
    withClient(app.databaseUrl!, (client) => client.query(`alter table audit.history_entry ${change}`))
  await alterHistory(`add constraint refused check (task_id <> '${id}') not valid`)
  await eve.createTask({ id, title: 'Not for the history' })
  const lag = async () =>
    valueIn(await app.metrics(), 'todo_consumer_lag_seconds', { consumer: 'audit', topic: 'task-events' })
  await pollUntil(async () => ((await lag()) ?? 0) > 3, { timeoutMs: 30_000, intervalMs: 200, what: 'a lag' })
  await alterHistory('drop constraint refused')
  await pollUntil(async () => (await lag()) === 0, { timeoutMs: 60_000, intervalMs: 500, what: 'an end of it' })
}, 120_000)
