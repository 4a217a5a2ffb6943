import { describe, expect, test } from 'vitest'
import { readFile, writeFile } from 'node:fs/promises'
import { parse } from 'yaml'
import type { TodoEvent } from '@todo/model/events'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { day, inMs } from './support/days.ts'
import { makeItDigestHour } from './support/digest-hour.ts'
import { DECLARED_TYPES, contractProblems, olderConsumerProblems } from './support/event-contract.ts'
import { PASSWORD } from './support/person.ts'
import type { Person } from './support/person.ts'

let app: App
let events: TodoEvent[]
/** The types of those that can be seen. */
let types: string[]
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  types = DECLARED_TYPES.filter((type) => !app.unseen.includes(type))
  const ada = await app.signUp()
  app.smtp.fates.set(ada.email, 'refused for good')
  await everythingHappens(ada)
  const complete = async () => {
    events = await app.events()
    return new Set(events.map(({ type }) => type)).size >= types.length
  }
  await pollUntil(complete, { timeoutMs: 15_000, intervalMs: 50 }).catch(() => undefined)
  const { KEEP_EVENTS_IN: file } = process.env
  if (file) await writeFile(file, events.map((event) => JSON.stringify(event)).join('\n'))
})

/** A life in which every event that is declared happens. */
async function everythingHappens(ada: Person): Promise<void> {
  const list = await ada.ok('POST', '/lists', { name: 'A list' })
  await ada.ok('PATCH', `/lists/${list.id}`, { name: 'The list' })
  const task = await ada.createTask({
    title: 'A task',
    notes: 'notes',
    listId: list.id,
    due: { date: '2040-01-01', time: '09:00' },
    recurrence: { rule: 'FREQ=DAILY', anchor: 'completion' },
    reminders: [
      { kind: 'absolute', at: inMs(0) },
      { kind: 'relative', minutesBefore: 5 },
    ],
    subtasks: [{ title: 'part' }],
  })
  await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'The task', tags: ['x'] }, { 'x-client-id': 'a-tab' })
  await pollUntil(async () => (await ada.ok('GET', `/tasks/${task.id}/deliveries`)).items.length === 2)
  await ada.ok('POST', '/channels/email/test')
  await ada.complete(task)
  await ada.nextAfter(task)
  await ada.ok('POST', `/tasks/${task.id}/reopen`)
  await ada.ok('POST', `/tasks/${task.id}/skip`)
  await ada.ok('DELETE', `/tasks/${task.id}`)
  await ada.ok('POST', `/tasks/${task.id}/restore`)
  await ada.ok('DELETE', `/lists/${list.id}`)
  await ada.ok('POST', `/lists/${list.id}/restore`)
  const early = await app.signUp('Early')
  // Her mail arrives, and Ada's does not.
  const { id } = await early.createTask({ due: { date: day(0) }, reminders: [{ kind: 'absolute', at: inMs(0) }] })
  await pollUntil(async () => (await early.ok('GET', `/tasks/${id}/deliveries`)).items.length === 2)
  await early.ok('POST', '/api/auth/request-password-reset', { email: early.email })
  await makeItDigestHour(app, early)
  await early.ok('POST', '/api/auth/change-email', { newEmail: `moved-${early.email}`, password: PASSWORD })
  await laterSeesTo(await app.signUp('Later'))
  const leaving = await app.signUp('Leaving')
  await leaving.ok('POST', '/api/auth/delete-user', { password: PASSWORD })
}

/** A task is done while a mail about it waits for another try. */
async function laterSeesTo(later: Person): Promise<void> {
  app.smtp.fates.set(later.email, 'refused for now')
  const task = await later.createTask({ due: { date: day(0) }, reminders: [{ kind: 'absolute', at: inMs(0) }] })
  await pollUntil(async () => (await later.ok('GET', `/tasks/${task.id}/deliveries`)).items.length === 2)
  await later.complete(task)
}

describe('the events', () => {
  test('that are declared all happen, and are as the published AsyncAPI document says', () => {
    expect([...new Set(events.map(({ type }) => type))].toSorted()).toEqual(types.toSorted())
    expect(events.flatMap((event) => contractProblems(event))).toEqual([])
  })

  test('can be read by consumers of every version that was published', () => {
    expect(events.flatMap((event) => olderConsumerProblems(event))).toEqual([])
  })

  test('that are not as it says are found out: a field less, a field more, another type', () => {
    const { subject, ...less } = events[0]!
    const whole = { ...less, subject }
    expect(contractProblems(whole)).toEqual([])
    for (const wrong of [
      less,
      { ...whole, data: { ...whole.data, extra: 1 } },
      { ...whole, source: '/elsewhere' },
      { ...whole, type: 'todo.task.created.v9' },
    ]) {
      expect(contractProblems(wrong)).not.toEqual([])
    }
  })

  test('have ids of their own, and the subject as their partition key', () => {
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    for (const event of events) expect(event.partitionkey).toBe(event.subject)
  })

  test('that follow from one request carry its trace', async () => {
    const ada = await app.signUp()
    const trace = '0af7651916cd43dd8448eb211c80319c'
    const headers = { traceparent: `00-${trace}-b7ad6b7169203331-01` }
    const task = await ada.ok(
      'POST',
      '/tasks',
      { title: 'Traced', due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } },
      headers,
    )
    await ada.call('POST', `/tasks/${task.id}/complete`, undefined, headers)
    const next = await ada.nextAfter(task)
    const about = (await app.events()).filter(({ subject }) => [task.id, next.id].includes(subject))
    expect(about.length).toBeGreaterThanOrEqual(7)
    for (const { traceparent } of about) expect(traceparent).toMatch(new RegExp(`^00-${trace}-`))
  })
})

describe('the API', () => {
  test('is as the published OpenAPI document says', async () => {
    const file = new URL('../../specs/005-cloud-event-deploy/contracts/openapi.yaml', import.meta.url)
    const published: unknown = parse(await readFile(file, 'utf8'))
    expect(await (await fetch(`${app.url}/api/openapi.json`)).json()).toEqual(published)
  })

  test('can be browsed', async () => {
    const page = await fetch(`${app.url}/api/docs`)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
  })

  test('tells how it is doing', async () => {
    expect(await (await fetch(`${app.url}/livez`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${app.url}/readyz`)).json()).toMatchObject({ status: 'ok', parts: { database: 'ok' } })
    const metrics = await (await fetch(`${app.url}/metrics`)).text()
    for (const name of [
      'todo_outbox_depth',
      'todo_outbox_publish_seconds_bucket',
      'todo_reminder_lateness_seconds_bucket',
    ]) {
      expect(metrics).toContain(name)
    }
  })
})
