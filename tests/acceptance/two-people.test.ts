import { expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { inMs } from './support/days.ts'
import { operationsOf } from './support/operations.ts'
import type { Operation } from './support/operations.ts'
import type { Method, Person } from './support/person.ts'

interface Hers {
  task: Task
  done: Task
  binned: Task
  subtask: string
  list: string
  filter: string
  notification: string
  channel: string
  cursor: string
}

/** What Bob sends: the address, a body, and what is in its header. */
type Try = [path: string, body?: unknown, headers?: Record<string, string>]

const CALENDAR = ['BEGIN:VCALENDAR', 'BEGIN:VTODO', 'UID:1', 'SUMMARY:x', 'END:VTODO', 'END:VCALENDAR'].join('\r\n')

const WEBHOOK = { kind: 'webhook', name: 'Mine', url: 'https://hooks.example.org/' }

/** What is somebody's: Bob's try at what is Ada's finds nothing, and says no more than that. */
const HERS: Record<string, (hers: Hers, his: Task) => Try[]> = {
  'GET /tasks': ({ list }) => [[`/tasks?listId=${list}`]],
  'POST /tasks': ({ task, list }) => [
    ['/tasks', { title: 'In yours', listId: list }],
    ['/tasks', { id: task.id, title: task.title, listId: list }],
    ['/tasks', { id: task.id, title: 'Mine' }],
  ],
  'POST /tasks/quick': ({ list }) => [['/tasks/quick', { text: 'In yours', listId: list }]],
  'GET /tasks/{id}': ({ task, done, binned }) => [task, done, binned].map(({ id }) => [`/tasks/${id}`]),
  'PATCH /tasks/{id}': ({ task, list }, his) => [
    [`/tasks/${task.id}`, { title: 'Mine now' }],
    [`/tasks/${his.id}`, { listId: list }],
  ],
  'DELETE /tasks/{id}': ({ task }) => [[`/tasks/${task.id}`]],
  'POST /tasks/batch': ({ task, list }, his) => [
    ...['complete', 'reopen', 'delete', 'restore'].map((action): Try => [
      '/tasks/batch',
      { action, ids: [his.id, task.id] },
    ]),
    ['/tasks/batch', { action: 'move', ids: [task.id], listId: his.listId }],
    ['/tasks/batch', { action: 'move', ids: [his.id], listId: list }],
    ['/tasks/batch', { action: 'reorder', ids: [his.id], after: task.id }],
  ],
  'GET /tasks/{id}/series': ({ task }) => [[`/tasks/${task.id}/series`]],
  'POST /tasks/{id}/skip': ({ task }) => [[`/tasks/${task.id}/skip`]],
  'POST /tasks/{id}/snooze': ({ task }) => [[`/tasks/${task.id}/snooze`, { until: inMs(60_000) }]],
  'POST /tasks/{id}/end-series': ({ task }) => [[`/tasks/${task.id}/end-series`]],
  'POST /tasks/{id}/complete': ({ task }) => [[`/tasks/${task.id}/complete`]],
  'POST /tasks/{id}/reopen': ({ done }) => [[`/tasks/${done.id}/reopen`]],
  'POST /tasks/{id}/restore': ({ binned }) => [[`/tasks/${binned.id}/restore`]],
  'POST /tasks/{id}/move': ({ task, list }, his) => [
    [`/tasks/${task.id}/move`, { listId: his.listId }],
    [`/tasks/${his.id}/move`, { listId: list }],
  ],
  'POST /tasks/{id}/reorder': ({ task }, his) => [
    [`/tasks/${task.id}/reorder`, { after: null }],
    [`/tasks/${his.id}/reorder`, { after: task.id }],
  ],
  'POST /tasks/{id}/subtasks': ({ task }) => [[`/tasks/${task.id}/subtasks`, { title: 'x' }]],
  'PATCH /tasks/{id}/subtasks/{subtaskId}': ({ task, subtask }, his) => [
    [`/tasks/${task.id}/subtasks/${subtask}`, { completed: true }],
    [`/tasks/${his.id}/subtasks/${subtask}`, { completed: true }],
  ],
  'DELETE /tasks/{id}/subtasks/{subtaskId}': ({ task, subtask }) => [[`/tasks/${task.id}/subtasks/${subtask}`]],
  'GET /tasks/{id}/history': ({ task, cursor }) => [
    [`/tasks/${task.id}/history`],
    [`/tasks/${task.id}/history?cursor=${encodeURIComponent(cursor)}`],
  ],
  'GET /tasks/{id}/deliveries': ({ task }) => [[`/tasks/${task.id}/deliveries`]],
  'POST /import/ics': ({ list }) => [[`/import/ics?listId=${list}`, CALENDAR, { 'content-type': 'text/calendar' }]],
  'POST /lists': ({ list }) => [['/lists', { id: list, name: 'Mine' }]],
  'PATCH /lists/{id}': ({ list }) => [[`/lists/${list}`, { name: 'Mine' }]],
  'DELETE /lists/{id}': ({ list }) => [[`/lists/${list}`]],
  'POST /lists/{id}/restore': ({ list }) => [[`/lists/${list}/restore`]],
  'PATCH /tags/{name}': () => [['/tags/treasure-tag', { color: 'red' }]],
  'DELETE /tags/{name}': () => [['/tags/treasure-tag']],
  'POST /filters': ({ filter }) => [['/filters', { id: filter, name: 'Mine', query: '' }]],
  'DELETE /filters/{id}': ({ filter }) => [[`/filters/${filter}`]],
  'POST /channels': ({ channel }) => [['/channels', { ...WEBHOOK, id: channel }]],
  'PATCH /channels/{id}': ({ channel }) => [[`/channels/${channel}`, { name: 'Mine' }]],
  'DELETE /channels/{id}': ({ channel }) => [[`/channels/${channel}`]],
  'POST /channels/{id}/test': ({ channel }) => [[`/channels/${channel}/test`]],
}

/** What answers everyone, each with their own: nothing of Ada's may be in what Bob gets. */
const EVERYONES: Record<string, (hers: Hers) => Try[]> = {
  'GET /tasks': () => [
    ...['open', 'completed', 'deleted', 'all'].map((state): Try => [`/tasks?limit=200&state=${state}`]),
    ['/tasks?q=treasure&state=all'],
    ['/tasks?tagsAny=treasure-tag&state=all'],
  ],
  'GET /lists': () => [['/lists']],
  'GET /tags': () => [['/tags']],
  'GET /filters': () => [['/filters']],
  'GET /overview': () => [['/overview']],
  'GET /notifications': () => [['/notifications']],
  'POST /notifications/read': ({ notification }) => [
    ['/notifications/read', { ids: [notification] }],
    ['/notifications/read', {}],
  ],
  'GET /channels': () => [['/channels']],
  'GET /me': () => [['/me']],
  'GET /me/email': () => [['/me/email']],
  'PATCH /me': () => [['/me', { name: 'Bob' }]],
  'POST /recurrence/preview': () => [
    ['/recurrence/preview', { rule: 'FREQ=DAILY', start: '2040-01-01', timeZone: 'UTC', count: 1 }],
  ],
}

/** Shown to be a person's own elsewhere: live-updates.test.ts, and changed-address.test.ts of the backend. */
const ELSEWHERE = ['GET /stream', 'POST /me/email']

let app: App
let ada: Person
let bob: Person
let hers: Hers
let his: Task
let operations: Operation[]
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp('Ada')
  bob = await app.signUp('Bob')
  his = await bob.createTask({ title: 'Of Bob', subtasks: [{ title: 'part' }] })
  hers = await treasures()
  operations = await operationsOf(app.url)
})

async function treasures(): Promise<Hers> {
  const list = (await ada.ok('POST', '/lists', { name: 'treasure list' })).id
  const make = (title: string) =>
    ada.createTask({
      title: `treasure ${title}`,
      notes: 'treasure notes',
      listId: list,
      tags: ['treasure-tag'],
      subtasks: [{ title: 'treasure part' }],
      reminders: [{ kind: 'absolute', at: inMs(0) }],
    })
  const [task, done, binned] = [await make('open'), await make('done'), await make('binned')]
  await pollUntil(async () => (await ada.ok('GET', '/notifications')).items.length === 3)
  // Whatever happens by itself has happened: what changes from here on, somebody has changed.
  for (const { id } of [task, done, binned]) {
    await pollUntil(async () => (await ada.ok('GET', `/tasks/${id}/deliveries`)).items.length === 2)
  }
  const deliveries = async () => (await ada.history(task)).filter(({ type }) => type === 'reminder.delivered')
  await pollUntil(async () => (await deliveries()).length === 1)
  await ada.complete(done)
  await ada.ok('DELETE', `/tasks/${binned.id}`)
  const filter = (await ada.ok('POST', '/filters', { name: 'treasure view', query: 'q=treasure' })).id
  const notification = (await ada.ok('GET', '/notifications')).items[0].id
  const channel = (await ada.ok('POST', '/channels', { ...WEBHOOK, name: 'treasure hook' })).id
  const history = () => ada.ok('GET', `/tasks/${task.id}/history?limit=1`)
  const cursor = await pollUntil(async () => (await history()).nextCursor as string | null)
  return { task, done, binned, subtask: task.subtasks[0]!.id, list, filter, notification, channel, cursor }
}

/** All that Ada can see. */
async function allOfHers(): Promise<unknown> {
  const collections = ['/lists', '/tags', '/filters', '/notifications', '/channels', '/me']
  return Promise.all(
    ['/tasks?state=all', '/tasks?state=deleted', ...collections, `/tasks/${hers.task.id}/history`].map((path) =>
      ada.ok('GET', path),
    ),
  )
}

test('every endpoint of the API has its case here', () => {
  const documented = operations.map(({ method, path }) => `${method} ${path}`)
  const covered = [...new Set([...Object.keys(HERS), ...Object.keys(EVERYONES), ...ELSEWHERE])]
  expect(covered.toSorted()).toEqual(documented.toSorted())
})

test("another person's is a 404 like what never was, whatever the verb, and stays as it was", async () => {
  const before = await allOfHers()
  for (const [operation, tries] of Object.entries(HERS)) {
    const [method] = operation.split(' ') as [Method]
    for (const [path, body, headers] of tries(hers, his)) {
      const answer = await bob.call(method, path, body, headers)
      expect([operation, path, answer.status, answer.body.code]).toEqual([operation, path, 404, 'not-found'])
      expect(JSON.stringify(answer.body)).not.toContain('treasure')
    }
  }
  const nowhere = await bob.call('GET', `/tasks/${uuidv7()}`)
  const hidden = await bob.call('GET', `/tasks/${hers.task.id}`)
  expect({ ...hidden.body, traceId: '' }).toEqual({ ...nowhere.body, traceId: '' })
  expect(await allOfHers()).toEqual(before)
})

test("what answers everyone holds nothing of another person's, and changes nothing of it", async () => {
  const before = await allOfHers()
  for (const [operation, tries] of Object.entries(EVERYONES)) {
    const [method] = operation.split(' ') as [Method]
    for (const [path, body] of tries(hers)) {
      const answer = await bob.call(method, path, body)
      expect([operation, path, answer.status]).toEqual([operation, path, 200])
      expect(JSON.stringify(answer.body)).not.toMatch(/treasure|Ada|ada-/)
      for (const id of [hers.task.id, hers.list, hers.filter, hers.channel])
        expect(JSON.stringify(answer.body)).not.toContain(id)
    }
  }
  expect(await allOfHers()).toEqual(before)
})

test('no endpoint answers without a session, nor with a made-up one', async () => {
  for (const { method, path } of operations) {
    const address = `${app.url}/api/v1${path.replaceAll(/\{[^}]+\}/g, uuidv7())}`
    for (const cookie of ['', 'todo-cloud.session_token=abc.def']) {
      const answer = await fetch(address, { method, headers: { cookie } })
      const body = (await answer.json()) as { code: string }
      expect([method, path, answer.status, body.code]).toEqual([method, path, 401, 'not-signed-in'])
    }
  }
})

test('a request that another site sends with the cookie is refused', async () => {
  for (const origin of ['https://evil.example', 'null', `${app.url}.evil.example`]) {
    const answer = await ada.call('POST', '/tasks', { title: 'Forged' }, { origin })
    expect([origin, answer.status, answer.body.code]).toEqual([origin, 403, 'forbidden'])
  }
})
