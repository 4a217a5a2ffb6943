// @module-tag slow
import { expect, onTestFinished, test } from 'vitest'
import { startCollector } from '@todo/platform/testing/collector'
import type { CollectedSpan } from '@todo/platform/testing/collector'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { inMs } from './support/days.ts'
import { untilLive } from './support/live.ts'
import type { Person } from './support/person.ts'

const pathOf = (span: CollectedSpan, spans: CollectedSpan[]): string[] => {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  return [...(parent ? pathOf(parent, spans) : []), `${span.service}: ${span.name}`]
}

async function startTraced(): Promise<{ app: App; ada: Person; spans: CollectedSpan[] }> {
  const { endpoint, spans } = await startCollector()
  const app = await startApp({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, LOG_LEVEL: 'debug' } })
  onTestFinished(() => app.close())
  await untilLive(app)
  return { app, ada: await app.signUp(), spans }
}

/** Of the services that tell of this trace in their logs. */
function tellers(app: App, traceId: string): string[] {
  const lines = app.logLines().filter((line) => line.traceId === traceId)
  return [...new Set(lines.map(({ consumer, service }) => String(consumer ?? service)))].toSorted()
}

/** Until the logs of all of these tell of one trace: what is handled last has no effect that a person would wait for. */
async function untilToldBy(app: App, services: string[]): Promise<void> {
  const isTold = () => {
    const traceIds = new Set(app.logLines().map(({ traceId }) => String(traceId)))
    return [...traceIds].some((traceId) => new Set(services).isSubsetOf(new Set(tellers(app, traceId))))
  }
  await pollUntil(isTold, {
    timeoutMs: 30_000,
    intervalMs: 50,
    what: `one trace in the logs of ${services.join(', ')}`,
  })
}

test('one trace leads from the click to the mail, through every service on the way and their logs', async () => {
  const { app, ada, spans } = await startTraced()
  const reminders = [{ kind: 'absolute', at: inMs(500) }]
  const task = await ada.createTask({ title: 'Call the plumber', reminders })
  await app.smtp.received(ada.email, 30_000)
  // The mail, beside the creation and the firing.
  const isOver = async () => (await ada.history(task)).length === 3
  await pollUntil(isOver, { timeoutMs: 30_000, intervalMs: 50, what: 'the history' })
  const services = ['audit', 'backend', 'notification', 'realtime']
  await untilToldBy(app, services)
  await app.stop()

  const mail = spans.find(({ name }) => name === 'send mail')!
  const trace = spans.filter(({ traceId }) => traceId === mail.traceId)
  expect(pathOf(mail, trace)).toEqual([
    'backend: POST /api/v1/tasks',
    'backend: run fire-reminder',
    'notification: handle reminder.due',
    'notification: send mail',
  ])
  const names = trace.map(({ service, name }) => `${service}: ${name}`)
  expect(names).toContain('backend: publish reminder.due')
  expect(names).toContain('audit: handle task.created')
  expect(names).toContain('backend: handle reminder.delivered')
  expect(tellers(app, mail.traceId)).toEqual(expect.arrayContaining(services))
}, 180_000)

test('the next occurrence is in the trace of the click that completed the one before', async () => {
  const { app, ada, spans } = await startTraced()
  const series = await ada.createTask({ due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
  await ada.complete(series)
  const next = await ada.nextAfter(series, 30_000)
  const isOver = async () => (await ada.history(next)).length === 1
  await pollUntil(isOver, { timeoutMs: 30_000, intervalMs: 50, what: 'its history' })
  const services = ['audit', 'backend', 'realtime', 'recurring-task']
  await untilToldBy(app, services)
  await app.stop()

  const click = spans.find(({ name }) => name === 'POST /api/v1/tasks/:id/complete')!
  const trace = spans.filter(({ traceId }) => traceId === click.traceId)
  const made = trace.find(({ name }) => name === 'handle occurrence.due')!
  expect(pathOf(made, trace)).toEqual([
    'backend: POST /api/v1/tasks/:id/complete',
    'recurring-task: handle task.completed',
    'backend: handle occurrence.due',
  ])
  expect(trace.map(({ service, name }) => `${service}: ${name}`)).toContain('audit: handle task.created')
  expect(tellers(app, click.traceId)).toEqual(expect.arrayContaining(services))
}, 180_000)
