import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
let bob: Client
beforeAll(async () => {
  backend = await createBackend({
    invoke: { call: async () => ({ status: 200, body: { items: [], nextCursor: null } }) },
  })
  ada = await backend.signUp('Ada')
  bob = await backend.signUp('Bob')
})
afterAll(() => backend.close())

/** Every address that names something of somebody, as Bob would try it on what is Ada's. */
async function addressesOfAda() {
  const list = (await ada.call('POST', '/lists', { name: 'Secret' })).body.id
  const task = await ada.createTask({
    title: 'Hidden treasure',
    listId: list,
    tags: ['gold'],
    subtasks: [{ title: 'Dig' }],
  })
  const filter = (await ada.call('POST', '/filters', { name: 'Mine', query: 'sort=due' })).body.id
  const webhook = { kind: 'webhook', name: 'Treasure hook', url: 'https://treasure.example.org/' }
  const channel = (await ada.call('POST', '/channels', webhook)).body.id
  const bobs = await bob.createTask({ title: 'Of Bob' })
  const subtask = `/tasks/${task.id}/subtasks/${task.subtasks[0]!.id}`
  return [
    ['GET', `/tasks/${task.id}`],
    ['PATCH', `/tasks/${task.id}`, { title: 'Mine now' }],
    ['DELETE', `/tasks/${task.id}`],
    ...['complete', 'reopen', 'restore'].map((action) => ['POST', `/tasks/${task.id}/${action}`, {}] as const),
    ['POST', `/tasks/${task.id}/move`, { listId: bobs.listId }],
    ['POST', `/tasks/${bobs.id}/move`, { listId: list }],
    ['PATCH', `/tasks/${bobs.id}`, { listId: list }],
    ['POST', `/tasks/${task.id}/reorder`, { after: null }],
    ['POST', `/tasks/${bobs.id}/reorder`, { after: task.id }],
    ['POST', '/tasks/batch', { action: 'delete', ids: [bobs.id, task.id] }],
    [
      'POST',
      '/tasks/batch',
      { action: 'change', patches: [bobs, task].map(({ id }) => ({ id, patch: { notes: 'x' } })) },
    ],
    ['POST', '/tasks', { title: 'In yours', listId: list }],
    ['POST', '/tasks', { id: task.id, title: 'Hidden treasure' }],
    ['POST', `/tasks/${task.id}/subtasks`, { title: 'x' }],
    ['PATCH', subtask, { completed: true }],
    ['DELETE', subtask],
    ['GET', `/tasks/${task.id}/history`],
    ['GET', `/tasks/${task.id}/deliveries`],
    ['GET', `/tasks?listId=${list}`],
    ['PATCH', `/lists/${list}`, { name: 'x' }],
    ['DELETE', `/lists/${list}`],
    ['POST', `/lists/${list}/restore`, {}],
    ['POST', '/lists', { id: list, name: 'Secret' }],
    ['PATCH', '/tags/gold', { name: 'silver' }],
    ['DELETE', '/tags/gold'],
    ['DELETE', `/filters/${filter}`],
    ['POST', '/channels', { ...webhook, id: channel }],
    ['PATCH', `/channels/${channel}`, { name: 'Mine now' }],
    ['POST', `/channels/${channel}/test`],
    ['DELETE', `/channels/${channel}`],
  ] as [Parameters<Client['call']>[0], string, unknown?][]
}

test("someone else's is a 404, whatever the verb, and stays as it was", async () => {
  const before = await ada.call('GET', '/tasks?state=all')
  for (const [method, path, body] of await addressesOfAda()) {
    const answer = await bob.call(method, path, body)
    expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 404, 'not-found'])
    expect(JSON.stringify(answer.body)).not.toContain('treasure')
  }
  const after = await ada.call('GET', '/tasks?state=all')
  expect(after.body.items).toHaveLength(before.body.items.length + 1)
  expect(after.body.items[0]).toMatchObject({ title: 'Hidden treasure', version: 1 })
})

test("collections never hold what is another person's", async () => {
  await addressesOfAda()
  for (const path of [
    '/tasks?state=all&limit=200',
    '/tasks?q=hidden&state=all',
    '/lists',
    '/tags',
    '/filters',
    '/overview',
    '/notifications',
    '/channels',
    '/me',
  ]) {
    const { status, body } = await bob.call('GET', path)
    expect(status).toBe(200)
    expect(JSON.stringify(body)).not.toMatch(/treasure|Secret|gold|Mine|Ada/)
  }
})

test('no address of the API answers without a session', async () => {
  const paths = Object.entries(backend.app.swagger().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => [method.toUpperCase(), path.replaceAll(/\{[^}]+\}/g, uuidv7())] as const),
  )
  expect(paths.length).toBeGreaterThan(25)
  for (const [method, url] of paths.filter(([, path]) => path.startsWith('/api/v1'))) {
    const answer = await backend.app.inject({ method: method as 'GET', url })
    expect([method, url, answer.statusCode, answer.json().code]).toEqual([method, url, 401, 'not-signed-in'])
  }
})
