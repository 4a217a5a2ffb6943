import { expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startCollector } from './support/collector.ts'
import type { CollectedSpan } from './support/collector.ts'
import { signUp } from './support/person.ts'
import { makeDataFolder, runApp } from './support/run-app.ts'

const pathOf = (span: CollectedSpan, spans: CollectedSpan[]): string[] => {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  return [...(parent ? pathOf(parent, spans) : []), `${span.service}: ${span.name}`]
}

test('one trace leads from the click to the mail, through every service on the way', async () => {
  const { endpoint, spans } = await startCollector()
  const app = runApp({ DATA_DIR: await makeDataFolder(), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
  const person = await signUp(await app.url())
  const remindAt = new Date(Date.now() + 500).toISOString()
  const reminders = [{ kind: 'absolute', at: remindAt }]
  const { body: task } = await person.request('POST', '/tasks', { title: 'Call the plumber', reminders })
  const { id } = task as { id: string }
  const count = async (path: string) => ((await person.request('GET', path)).body as { items: unknown[] }).items.length
  // By mail and in the app; and in the history, each of them beside the creation and the firing.
  const isOver = async () =>
    (await count(`/tasks/${id}/deliveries`)) === 2 && (await count(`/tasks/${id}/history`)) === 4
  await pollUntil(isOver, { timeoutMs: 15_000, what: 'deliveries and history' })
  app.child.kill('SIGTERM')
  expect(await app.ended).toBe(0)

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
})

test('a collector that is not there keeps nobody from working, or from stopping', async () => {
  const endpoint = 'http://127.0.0.1:9'
  const app = runApp({ DATA_DIR: await makeDataFolder(), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
  const person = await signUp(await app.url())
  expect((await person.request('POST', '/tasks', { title: 'Untraced' })).status).toBe(201)
  app.child.kill('SIGTERM')
  expect(await app.ended).toBe(0)
  expect(app.complained()).toBe('')
})
