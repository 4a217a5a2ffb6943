import { describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { Channel } from '@todo/model/channels'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { inMs } from './support/days.ts'
import { operationsOf } from './support/operations.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp()
})

interface Sent {
  path: string
  body?: unknown
  /** What happens before it is sent again: by itself it would be answered otherwise then, or do something. */
  meanwhile?: () => Promise<unknown>
}

const retitle = (id: string) => () => ada.ok('PATCH', `/tasks/${id}`, { title: 'Another title by now' })

/** An action on a task, to which something else happens then. */
const onTask =
  (action: string, body?: (there: string) => unknown, before?: (id: string) => Promise<unknown>) =>
  async (): Promise<Sent> => {
    const [{ id, listId }, other] = [await ada.createTask(), await ada.createTask()]
    await before?.(id)
    const meanwhile = action === 'move' ? () => ada.ok('POST', `/tasks/${id}/move`, { listId }) : retitle(id)
    const there = action === 'move' ? (await ada.ok('POST', '/lists', { name: 'There' })).id : other.id
    return { path: `/tasks/${id}/${action}`, body: body?.(there), meanwhile }
  }

/** An action on the last occurrence of a series: nothing comes after it by itself. */
const onSeries = (action: string) => async (): Promise<Sent> => {
  const { id } = await ada.createTask({ due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY;COUNT=1' } })
  return { path: `/tasks/${id}/${action}`, meanwhile: retitle(id) }
}

const SENT: Record<string, () => Promise<Sent>> = {
  'POST /tasks': async () => ({ path: '/tasks', body: { title: 'Once' } }),
  'POST /tasks/quick': async () => ({ path: '/tasks/quick', body: { text: 'Once in 30 minutes' } }),
  'POST /tasks/batch': async () => {
    const { id } = await ada.createTask()
    return { path: '/tasks/batch', body: { action: 'complete', ids: [id] } }
  },
  'POST /tasks/{id}/complete': onTask('complete'),
  'POST /tasks/{id}/skip': onSeries('skip'),
  'POST /tasks/{id}/end-series': onSeries('end-series'),
  'POST /tasks/{id}/snooze': onTask('snooze', () => ({ until: inMs(3_600_000) })),
  'POST /tasks/{id}/reopen': onTask('reopen', undefined, (id) => ada.complete({ id })),
  'POST /tasks/{id}/restore': onTask('restore', undefined, (id) => ada.ok('DELETE', `/tasks/${id}`)),
  'POST /tasks/{id}/move': onTask('move', (listId) => ({ listId })),
  'POST /tasks/{id}/reorder': onTask('reorder', (after) => ({ after })),
  'POST /tasks/{id}/subtasks': onTask('subtasks', () => ({ title: 'Once' })),
  'POST /lists': async () => ({ path: '/lists', body: { name: 'Once' } }),
  'POST /lists/{id}/restore': async () => {
    const { id } = await ada.ok('POST', '/lists', { name: 'Back' })
    await ada.ok('DELETE', `/lists/${id}`)
    return { path: `/lists/${id}/restore`, meanwhile: () => ada.ok('DELETE', `/lists/${id}`) }
  },
  'POST /filters': async () => ({ path: '/filters', body: { name: 'Once', query: '' } }),
  'POST /channels': async () => {
    const id = uuidv7()
    const switchOff = () => ada.ok('PATCH', `/channels/${id}`, { isOn: false })
    return { path: '/channels', body: { id, ...webhook('Once') }, meanwhile: switchOff }
  },
  'POST /channels/{id}/test': async () => ({ path: '/channels/in-app/test' }),
  'POST /notifications/read': async () => {
    // The test of a channel is one as well.
    await ada.ok('POST', '/notifications/read', {})
    await ada.createTask({ reminders: [{ kind: 'absolute', at: inMs(0) }] })
    await pollUntil(async () => (await ada.ok('GET', '/notifications')).unread === 1)
    const markUnread = () => ada.ok('POST', '/notifications/read', { read: false })
    return { path: '/notifications/read', body: { read: true }, meanwhile: markUnread }
  },
}

const webhook = (name: string) => ({ kind: 'webhook', name, url: `https://nowhere.invalid/${name}` })

/**
 * One changes nothing, one knows by itself what it has made before, and one needs the link of a mail: it has its case in
 * changed-address.test.ts of the backend.
 */
const NEED_NONE = new Set(['/recurrence/preview', '/import/ics', '/me/email'])

async function everything(): Promise<unknown> {
  const paths = ['/tasks?state=all&limit=200', '/tasks?state=deleted', '/lists', '/filters', '/notifications']
  // Results of channels come by themselves.
  const channels = (await ada.ok('GET', '/channels')).items.map(({ id, isOn }: Channel) => ({ id, isOn }))
  return [channels, ...(await Promise.all(paths.map((path) => ada.ok('GET', path))))]
}

describe('a request that is sent again with its Idempotency-Key', () => {
  test('has one effect and the same answer, also at the same time', async () => {
    const key = { 'idempotency-key': uuidv7() }
    const body = { title: 'Sent twice' }
    const answers = await Promise.all(Array.from({ length: 6 }, () => ada.call('POST', '/tasks', body, key)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
    expect((await ada.titles('state=open')).filter((title) => title === 'Sent twice')).toHaveLength(1)
    const other = await ada.call('POST', '/tasks', { title: 'Another' }, key)
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-mismatch' } })
  })

  test('may be any POST that needs one: each has its case here', async () => {
    const posts = (await operationsOf(app.url)).filter(({ method, path }) => method === 'POST' && !NEED_NONE.has(path))
    expect(Object.keys(SENT).toSorted()).toEqual(posts.map(({ path }) => `POST ${path}`).toSorted())
  })

  test.each(Object.entries(SENT))('%s does nothing more, and answers as it did', async (_, prepare) => {
    const { path, body, meanwhile } = await prepare()
    const key = { 'idempotency-key': uuidv7() }
    const first = await ada.call('POST', path, body, key)
    expect([200, 201, 202, 204]).toContain(first.status)
    await meanwhile?.()
    const before = await everything()
    const again = await ada.call('POST', path, body, key)
    expect([again.status, again.body]).toEqual([first.status, first.body])
    expect(await everything()).toEqual(before)
  })
})

test('a task with an id of the client is made once; another content under that id is refused', async () => {
  const id = uuidv7()
  const first = await ada.call('POST', '/tasks', { id, title: 'Mine' })
  const again = await ada.call('POST', '/tasks', { id, title: 'Mine' })
  expect([first.status, again.status]).toEqual([201, 200])
  expect(again.body).toEqual(first.body)
  expect((await ada.call('POST', '/tasks', { id, title: 'Other' })).status).toBe(409)
})

describe('an id of the client’s own', () => {
  const make: Record<string, (content: string) => Promise<[path: string, body: object]>> = {
    list: async (name) => ['/lists', { name }],
    channel: async (name) => ['/channels', webhook(name)],
    'saved view': async (name) => ['/filters', { name, query: 'q=x' }],
    subtask: async (title) => [`/tasks/${(await ada.tasks('sort=created&order=asc'))[0]!.id}/subtasks`, { title }],
  }

  test.each(Object.keys(make))(
    'of a %s: the same twice is one, and something else with it is refused',
    async (kind) => {
      await ada.createTask()
      const id = uuidv7()
      const send = async (content: string) => {
        const [path, body] = await make[kind]!(content)
        return (await ada.call('POST', path, { id, ...body })).status
      }
      expect([await send('One'), await send('One'), await send('Two')]).toEqual([201, expect.toSatisfy(isOk), 409])
    },
  )

  test('of a list in the bin is refused, with what to do', async () => {
    const body = { id: uuidv7(), name: 'Old' }
    await ada.ok('POST', '/lists', body)
    await ada.ok('DELETE', `/lists/${body.id}`)
    expect(await ada.call('POST', '/lists', body)).toMatchObject({
      status: 409,
      body: { detail: 'The list with this id is in the bin: restore it.' },
    })
    const bin = (await ada.ok('GET', '/lists?state=deleted')).items
    expect(bin.find(({ id }: { id: string }) => id === body.id)).toMatchObject({ name: 'Old' })
    expect((await ada.call('GET', '/lists?state=gone')).body.errors).toEqual([
      { field: 'state', message: 'must be open or deleted' },
    ])
  })
})

const isOk = (status: number) => status === 200 || status === 201
