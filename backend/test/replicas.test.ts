import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'
import { calendar, vtodo } from './import/calendar-text.ts'

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

const CALENDAR = { 'content-type': 'text/calendar' }

test('a calendar is read in the zone that another replica was told of, and told of as its tasks are', async () => {
  const { list } = await gardenWithRoses()
  await ada.call('PATCH', '/me', { timeZone: 'Asia/Tokyo' })
  const file = calendar(...vtodo('UID:late', 'SUMMARY:Late', 'DUE:20400601T090000'))
  const send = () => elsewhere.call('POST', `/import/ics?listId=${list.id}`, file, CALENDAR)
  const { body } = await send()
  const task = await elsewhere.call('GET', `/tasks/${body.created[0].taskId}`)
  expect(task.body).toMatchObject({ due: { timeZone: 'Asia/Tokyo' }, dueAt: '2040-06-01T00:00:00.000Z' })
  await ada.call('DELETE', `/lists/${list.id}`)
  expect((await send()).status).toBe(404)
  const intoInbox = () => elsewhere.call('POST', '/import/ics', file, CALENDAR)
  expect((await intoInbox()).body.notKept).toMatchObject([{ reason: 'it is in the bin, and stays there' }])
  await ada.call('POST', `/lists/${list.id}/restore`)
  expect((await intoInbox()).body).toMatchObject({ unchanged: [{ title: 'Late' }], notKept: [] })
})

test('what a zone of before would refuse is looked at again in the zone of now', async () => {
  await signUp()
  await ada.call('PATCH', '/me', { timeZone: 'Pacific/Kiritimati' })
  expect((await elsewhere.call('GET', '/tasks')).status).toBe(200)
  await ada.call('PATCH', '/me', { timeZone: 'Pacific/Pago_Pago' })
  const at = new Date(Date.now() - 31 * 3_600_000).toISOString()
  const due = { date: at.slice(0, 10), time: at.slice(11, 16), timeZone: null }
  const reminders = [{ kind: 'relative', minutesBefore: 0 }]
  expect((await elsewhere.call('POST', '/tasks', { title: 'Just now', due, reminders })).status).toBe(201)
})

test('a tag is renamed while lists are made', async () => {
  await gardenWithRoses()
  for (let n = 0; n < 20; n += 1) {
    const [rename] = await Promise.all([
      elsewhere.call('PATCH', `/tags/${n === 0 ? 'thorns' : `name-${n - 1}`}`, { name: `name-${n}` }),
      ada.call('POST', '/lists', { name: `List ${n}` }),
    ])
    expect(rename.body).toMatchObject({ name: `name-${n}`, openTasks: 1 })
  }
})

test('lists that never rest hold nobody up, and nothing is done twice or in part', { tags: ['slow'] }, async () => {
  const { list } = await gardenWithRoses()
  const many = await Promise.all(
    Array.from({ length: 60 }, (_, n) => ada.createTask({ title: `Many ${n}`, tags: ['a'] })),
  )
  const ids = many.map(({ id }) => id)
  const stop = new AbortController()
  const flip = async () => {
    while (!stop.signal.aborted) {
      await ada.call('DELETE', `/lists/${list.id}`)
      await ada.call('POST', `/lists/${list.id}/restore`)
    }
  }
  const flipping = flip()
  const statuses: string[] = []
  const ask = async (what: string, ...request: Parameters<Client['call']>) => {
    const { status, body } = await elsewhere.call(...request)
    if (status >= 300) statuses.push(`${what}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  for (let n = 0; n < 12; n += 1) {
    await ask('a page', 'GET', '/tasks')
    await ask('pages, latest first', 'GET', '/tasks?sort=due&order=desc')
    await ask('a search with an error', 'GET', '/tasks?q=mnay')
    await ask('the overview', 'GET', '/overview')
    await ask('a new task', 'POST', '/tasks', { title: `Made ${n}` })
    await ask('a line', 'POST', '/tasks/quick', { text: `Typed ${n}` })
    await ask('a batch', 'POST', '/tasks/batch', { action: n % 2 ? 'reopen' : 'complete', ids })
    await ask('a tag', 'PATCH', `/tags/${'abcdefghijklmn'[n]}`, { name: 'abcdefghijklmn'[n + 1] })
    const todos = Array.from({ length: 20 }, (_, todo) => vtodo(`UID:${n}-${todo}`, `SUMMARY:From file ${n}`))
    const report = await ask('a calendar', 'POST', '/import/ics', calendar(...todos.flat()), CALENDAR)
    expect(report).toMatchObject({ created: { length: 20 }, unchanged: [], notKept: [] })
  }
  stop.abort()
  await flipping
  expect(statuses).toEqual([])
  for (const word of ['made', 'typed']) expect(await titles(elsewhere, `/tasks?q=${word}&sort=title`)).toHaveLength(12)
  const tagged = await elsewhere.call('GET', '/tasks?tagsAll=m&state=all&limit=200')
  expect(tagged.body.items).toHaveLength(60)
})

test('somebody who joins a list in the moment in which it goes to the bin does not see it', async () => {
  const { list } = await gardenWithRoses()
  const bob = await here.signUp('Bob')
  expect((await bob.call('GET', '/tasks')).status).toBe(200)
  const { pool } = here.testDatabase.database
  const [joining, leaving] = [await pool.connect(), await pool.connect()]
  for (const client of [joining, leaving]) await client.query('begin')
  const { pid } = (await leaving.query('select pg_backend_pid() as pid')).rows[0]
  // As at the end of the transaction, a moment before it ends.
  const END = 'set constraints all immediate'
  await joining.query("insert into list_member values ($1, $2, 'editor', 'a')", [list.id, bob.userId])
  await joining.query(END)
  const binned = leaving
    .query('update list set deleted_at = now() where id = $1', [list.id])
    .then(() => leaving.query(END))
  const isWaiting = async () => {
    const { rows } = await pool.query(`select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'`, [pid])
    return rows.length > 0
  }
  await pollUntil(isWaiting, { what: 'the bin waits for who joins' })
  await joining.query('commit')
  for (const client of [bob, bob.at(there)]) expect((await client.call('GET', '/tasks')).status).toBe(200)
  await binned
  await leaving.query('commit')
  for (const client of [joining, leaving]) client.release()
  for (const client of [bob, bob.at(there)]) {
    expect(await titles(client, '/tasks')).toEqual([])
    expect((await client.call('POST', '/tasks', { title: 'Lost', listId: list.id })).status).toBe(404)
  }
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
