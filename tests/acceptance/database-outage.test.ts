import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Notification } from '@todo/model/api'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { inMs } from './support/days.ts'
import { createOwnPostgres } from './support/own-postgres.ts'
import type { OwnPostgres } from './support/own-postgres.ts'
import { Person, PASSWORD } from './support/person.ts'
import type { Method } from './support/person.ts'

let postgres: OwnPostgres
let app: App
let ada: Person
beforeAll(async () => {
  postgres = await createOwnPostgres()
  app = await startApp({ database: postgres.url })
  ada = await app.signUp()
})
afterAll(async () => {
  await app.close()
  await postgres.close()
})

/** A fault has healed when the database takes connections again; so long after it everything is done (SC-003). */
const RECOVERY_MS = 60_000

test('while the database is away every request says so, and when it is back all goes on by itself', async () => {
  const list = await ada.ok('POST', '/lists', { name: 'Before' })
  const series = await ada.createTask({ due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
  const due = inMs(2_500)
  const reminded = await ada.createTask({ title: 'Meanwhile', reminders: [{ kind: 'absolute', at: due }] })
  const stream = await ada.openStream()
  const unknown = new Person(app.url, ada.email)
  const justSignedIn = await ada.otherSession()
  await postgres.stop()

  const requests: [Person, Method, string, unknown?][] = [
    [ada, 'GET', '/tasks'],
    [ada, 'GET', `/tasks/${series.id}`],
    [ada, 'GET', `/tasks/${series.id}/history`],
    [ada, 'GET', '/overview'],
    [ada, 'POST', '/tasks', { title: 'Now?' }],
    [ada, 'PATCH', `/tasks/${series.id}`, { title: 'Now?' }],
    [ada, 'POST', `/tasks/${series.id}/complete`],
    [ada, 'PATCH', `/lists/${list.id}`, { name: 'Now?' }],
    // No replica has seen this session yet: it is looked up first.
    [justSignedIn, 'GET', '/tasks'],
    [justSignedIn, 'PATCH', `/tasks/${series.id}`, { title: 'Now?' }],
  ]
  for (const [person, method, path, body] of requests) {
    const { status, headers, body: problem } = await person.call(method, path, body)
    expect([method, path, status, problem.code]).toEqual([method, path, 503, 'unavailable'])
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(headers.get('retry-after')).toBe('1')
  }
  const signIn = await unknown.call('POST', '/api/auth/sign-in/email', { email: ada.email, password: PASSWORD })
  expect([signIn.status, signIn.headers.get('retry-after')], 'signing in').toEqual([503, '1'])
  expect((await fetch(`${app.url}/livez`)).status).toBe(200)
  const ready = await fetch(`${app.url}/readyz`)
  expect([ready.status, await ready.json()]).toEqual([503, expect.objectContaining({ status: 'degraded' })])

  await pollUntil(() => Date.now() > Date.parse(due))
  await postgres.start()
  const back = async () => (await ada.call('GET', '/tasks')).status === 200
  await pollUntil(back, { timeoutMs: RECOVERY_MS, what: 'an answer' })
  await pollUntil(async () => (await fetch(`${app.url}/readyz`)).status === 200, { timeoutMs: RECOVERY_MS })
  await ada.complete(series)
  await ada.nextAfter(series, RECOVERY_MS)
  const notifications = async () => (await ada.ok('GET', '/notifications')).items
  await pollUntil(async () => (await notifications()).length > 0, { timeoutMs: RECOVERY_MS, what: 'the reminder' })
  expect((await notifications()).map(({ taskId }: Notification) => taskId)).toEqual([reminded.id])
  await unknown.signIn()
  const live = stream.isOver ? await ada.openStream(stream.lastEventId) : stream
  const task = await ada.createTask({ title: 'After' })
  await live.changeOf(task.id, 1)
  await pollUntil(async () => (await ada.history(task)).length === 1)
  live.close()
}, 90_000)

test('a database that restarts in the middle of many requests costs no more than a failed request each', async () => {
  const kept: string[] = []
  const others: number[] = []
  const stopping = new AbortController()
  const writer = async () => {
    while (!stopping.signal.aborted) {
      const { status, body } = await ada.call('POST', '/tasks', { title: 'In the middle' })
      if (status === 201) kept.push(body.id)
      else others.push(status)
    }
  }
  const writers = Array.from({ length: 4 }, writer)
  await pollUntil(() => kept.length > 10)
  await postgres.stop()
  await postgres.start()
  const before = kept.length
  await pollUntil(() => kept.length > before + 10, { timeoutMs: RECOVERY_MS })
  stopping.abort()
  await Promise.all(writers)
  expect(app.failures()).toEqual([])
  expect(new Set(others)).toEqual(new Set([503]))
  const lost: string[] = []
  // One by one: there may be more than a page has.
  for (const id of kept) if ((await ada.call('GET', `/tasks/${id}`)).status !== 200) lost.push(id)
  expect(lost).toEqual([])
}, 90_000)
