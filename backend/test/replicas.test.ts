import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

/** Two replicas, of which none hears what the other says: whatever is right here does not depend on a notice. */
let here: TestBackend
let there: TestBackend
let ada: Client
let elsewhere: Client
beforeAll(async () => {
  here = await createBackend()
  there = await createBackend({ replicaOf: here })
})
afterAll(async () => {
  await there.close()
  await here.close()
})

async function signUp(): Promise<void> {
  ada = await here.signUp()
  elsewhere = ada.at(there)
  // Both remember what there is now.
  for (const client of [ada, elsewhere]) expect((await client.call('GET', '/tasks')).status).toBe(200)
}

const READS = [
  '/tasks?q=roses',
  '/tasks?q=roses&sort=due',
  '/tasks',
  '/tasks?sort=priority',
  '/tasks?sort=due&order=desc',
]

async function titles(client: Client, path: string): Promise<string[]> {
  const { body } = await client.call('GET', path)
  return body.items.map(({ title }: { title: string }) => title)
}

async function gardenWithRoses() {
  await signUp()
  const list = (await ada.call('POST', '/lists', { name: 'Garden' })).body
  const task = await elsewhere.createTask({ title: 'Prune the roses', listId: list.id, tags: ['thorns'] })
  return { list, task }
}

test('a list that another replica has put in the bin and brought back is seen here as it is, at once', async () => {
  const { list, task } = await gardenWithRoses()
  for (let turn = 0; turn < 3; turn += 1) {
    expect((await ada.call('DELETE', `/lists/${list.id}`)).status).toBe(200)
    for (const path of READS) expect(await titles(elsewhere, path), path).toEqual([])
    expect((await elsewhere.call('GET', `/tasks/${task.id}`)).status).toBe(404)
    expect((await elsewhere.call('GET', '/overview')).body.counts.all).toBe(0)
    expect((await elsewhere.call('GET', '/tags')).body.items).toEqual([])

    expect((await ada.call('POST', `/lists/${list.id}/restore`)).status).toBe(200)
    for (const path of READS) expect(await titles(elsewhere, path), path).toEqual(['Prune the roses'])
    expect((await elsewhere.call('GET', `/tasks/${task.id}`)).status).toBe(200)
    expect((await elsewhere.call('GET', '/overview')).body.counts.all).toBe(1)
    expect((await elsewhere.call('GET', '/tags')).body.items).toMatchObject([{ name: 'thorns' }])
  }
})

test('nothing is made or changed in a list that another replica has put in the bin', async () => {
  const { list, task } = await gardenWithRoses()
  await ada.call('DELETE', `/lists/${list.id}`)
  const answers = [
    await elsewhere.call('POST', '/tasks', { title: 'Lost', listId: list.id }),
    await ada.at(there).call('PATCH', `/tasks/${task.id}`, { title: 'Lost' }),
    await elsewhere.call('POST', '/tasks/batch', { action: 'complete', ids: [task.id] }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
  const { body } = await elsewhere.call('POST', '/tasks/quick', { text: 'Water them /Garden' })
  expect(body.task.title).toBe('Water them /Garden')
  expect(body.task.listId).not.toBe(list.id)
})

test('what comes first to a replica after the change of another is answered by what is', async () => {
  const { list, task } = await gardenWithRoses()
  const { inboxId } = (await ada.call('GET', '/me')).body
  const first: [string, (client: Client) => Promise<{ status: number }>, number][] = [
    ['a new task', (client) => client.call('POST', '/tasks', { title: 'New', listId: list.id }), 404],
    ['a patch', (client) => client.call('PATCH', `/tasks/${task.id}`, { title: 'Changed' }), 404],
    ['a move', (client) => client.call('POST', `/tasks/${task.id}/move`, { listId: inboxId }), 404],
    ['a search', (client) => client.call('GET', `/tasks?q=roses&listId=${list.id}`), 404],
    ['a page', (client) => client.call('GET', `/tasks?listId=${list.id}`), 404],
    ['the overview', (client) => client.call('GET', '/overview'), 200],
    ['a new name for a tag', (client) => client.call('PATCH', '/tags/thorns', { name: 'spikes' }), 404],
  ]
  for (const [what, ask, status] of first) {
    await ada.call('POST', `/lists/${list.id}/restore`)
    expect((await elsewhere.call('GET', `/tasks/${task.id}`)).status, what).toBe(200)
    await ada.call('DELETE', `/lists/${list.id}`)
    expect((await ask(elsewhere)).status, what).toBe(status)
  }
})

test('a list of another replica is known by its name in the next line that is typed', async () => {
  await signUp()
  const list = (await ada.call('POST', '/lists', { name: 'Balcony' })).body
  const { body } = await elsewhere.call('POST', '/tasks/quick', { text: 'Sow basil /Balcony' })
  expect(body.task).toMatchObject({ title: 'Sow basil', listId: list.id })
})

test('days are those of the zone, and times have the default reminder, that another replica was told of', async () => {
  await signUp()
  await ada.createTask({
    title: 'Late in Lisbon',
    due: { date: '2040-06-01', time: '23:30', timeZone: 'Europe/Lisbon' },
  })
  const onTheSecond = '/tasks?dueFrom=2040-06-02&dueTo=2040-06-02'
  expect(await titles(elsewhere, onTheSecond)).toEqual([])
  await ada.call('PATCH', '/me', { timeZone: 'Asia/Tokyo', defaultReminder: 15 })
  expect(await titles(elsewhere, onTheSecond)).toEqual(['Late in Lisbon'])
  const due = { date: '2040-06-05', time: '08:00', timeZone: null }
  const task = await elsewhere.createTask({ title: 'Call', due })
  expect(task.dueAt).toBe('2040-06-04T23:00:00.000Z')
  expect(task.reminders).toMatchObject([{ kind: 'relative', minutesBefore: 15 }])
})

test('lists that change all the time hold nobody up', async () => {
  const { list } = await gardenWithRoses()
  const stop = new AbortController()
  const flip = async () => {
    while (!stop.signal.aborted) {
      await ada.call('DELETE', `/lists/${list.id}`)
      await ada.call('POST', `/lists/${list.id}/restore`)
    }
  }
  const flipping = flip()
  const statuses = new Set<number>()
  for (let n = 0; n < 100; n += 1) {
    statuses.add((await elsewhere.call('GET', '/tasks')).status)
    statuses.add((await elsewhere.call('POST', '/tasks', { title: `Task ${n}` })).status)
  }
  stop.abort()
  await flipping
  expect(statuses).toEqual(new Set([200, 201]))
})

test('accounts that are deleted, and lists that come and go meanwhile, do not wait for each other', async () => {
  await gardenWithRoses()
  const lists = await Promise.all(
    Array.from({ length: 8 }, (_, n) => ada.call('POST', '/lists', { name: `List ${n}` }).then(({ body }) => body)),
  )
  const changes = lists.flatMap(({ id }) => [
    ada.call('DELETE', `/lists/${id}`),
    elsewhere.call('PATCH', '/me', { timeZone: id > lists[3].id ? 'Asia/Tokyo' : 'Europe/Lisbon' }),
  ])
  expect(new Set((await Promise.all(changes)).map(({ status }) => status))).toEqual(new Set([200]))
  const erased = await elsewhere.call('POST', '/api/auth/delete-user', { password: 'correct horse battery' })
  expect(erased.status).toBe(200)
})
