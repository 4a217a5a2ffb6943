import { expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { untilLessNoise } from './support/less-noise.ts'
import type { LiveStream } from './support/live-stream.ts'
import { PASSWORD } from './support/person.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
let phone: Person
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp()
  phone = await ada.otherSession()
})

/** So many that one of them may be an accident of the machine's, and still 99 % are in time. */
const CHANGES = 100
const WITHIN_MS = 200

/** Makes changes one after the other; how long each took from its request to the other session's tab. */
async function delaysOfChanges(stream: LiveStream): Promise<number[]> {
  const task = await ada.createTask({ title: 'Busy' })
  const delays: number[] = []
  for (let n = 1; n <= CHANGES; n += 1) {
    const since = performance.now()
    const { version } = await ada.ok('PATCH', `/tasks/${task.id}`, { title: `Busy ${n}` })
    delays.push((await stream.changeOf(task.id, version)).receivedAt - since)
  }
  return delays.toSorted((a, b) => a - b)
}

test('a change in one session shows in every tab of another within 200 ms', async () => {
  const tabs = await Promise.all([phone.openStream(), phone.openStream()])
  await untilLessNoise(async () => {
    const delays = await delaysOfChanges(tabs[0])
    const at = (share: number) => delays[Math.ceil(delays.length * share) - 1]!
    console.log(`live: p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms of ${delays.length} changes`)
    expect(at(0.99)).toBeLessThanOrEqual(WITHIN_MS)
  })
  await tabs[1].next(({ data }) => data.fields?.includes('title'))
  for (const tab of tabs) tab.close()
})

test('every kind of change is told: what it was, and by which tab', async () => {
  const stream = await phone.openStream()
  const headers = { 'x-client-id': uuidv7(), 'x-mutation-id': uuidv7() }
  const task: Task = await ada.ok('POST', '/tasks', { title: 'Told' }, headers)
  expect((await stream.changeOf(task.id, 1)).data).toMatchObject({
    eventType: 'task.created',
    oldStatus: 'none',
    newStatus: 'open',
    listId: task.listId,
    clientId: headers['x-client-id'],
    mutationId: headers['x-mutation-id'],
  })
  const told = async (version: number) => {
    const { data } = await stream.changeOf(task.id, version)
    return [data.eventType, data.oldStatus, data.newStatus]
  }
  await ada.complete(task)
  expect(await told(2)).toEqual(['task.completed', 'open', 'completed'])
  await ada.ok('POST', `/tasks/${task.id}/reopen`)
  expect(await told(3)).toEqual(['task.reopened', 'completed', 'open'])
  await ada.ok('DELETE', `/tasks/${task.id}`)
  expect(await told(4)).toEqual(['task.deleted', 'open', 'deleted'])
  await ada.ok('POST', `/tasks/${task.id}/restore`)
  expect(await told(5)).toEqual(['task.restored', 'deleted', 'open'])
  const list = await ada.ok('POST', '/lists', { name: 'New' })
  await stream.next(({ name, data }) => name === 'view.changed' && data.resource === 'lists' && data.id === list.id)
  await ada.ok('POST', '/filters', { name: 'Mine', query: '' })
  await stream.next(({ data }) => data.resource === 'filters')
  await ada.ok('PATCH', '/me', { name: 'Ada L.' })
  await stream.next(({ data }) => data.resource === 'profile')
  stream.close()
})

test('the versions of a task arrive in order', async () => {
  const stream = await phone.openStream()
  const task = await ada.createTask()
  await Promise.all(
    Array.from({ length: 30 }, (_, n) => ada.ok('POST', `/tasks/${task.id}/subtasks`, { title: `part ${n}` })),
  )
  await stream.changeOf(task.id, 31)
  const versions = stream.events.filter(({ data }) => data.taskId === task.id).map(({ data }) => data.version)
  expect(versions).toEqual(Array.from({ length: 31 }, (_, n) => n + 1))
  stream.close()
})

/** A cluster has several realtime services: the one that it comes back to may know less, and says so, as in the next story. */
const hasOneRealtime = process.env.MODE !== 'cluster'

test.runIf(hasOneRealtime)('a tab that was away goes on where it was and misses nothing', async () => {
  const before = await phone.openStream()
  const first = await ada.createTask({ title: 'Seen' })
  await before.changeOf(first.id, 1)
  before.close()
  const missed = await Promise.all(Array.from({ length: 20 }, (_, n) => ada.createTask({ title: `Missed ${n}` })))
  // The notices have gone out when another tab has them.
  const other = await phone.openStream(before.lastEventId)
  for (const task of missed) await other.changeOf(task.id, 1)
  const after = await phone.openStream(before.lastEventId)
  for (const task of missed) await after.changeOf(task.id, 1)
  const changes = after.events.filter(({ name }) => name === 'task.changed')
  expect(changes).toHaveLength(missed.length)
  expect(new Set(changes.map(({ data }) => data.taskId))).toEqual(new Set(missed.map(({ id }) => id)))
  expect(after.events.some(({ name }) => name === 'reset')).toBe(false)
  other.close()
  after.close()
})

test('a tab whose last event is not known any more is told to fetch afresh, also after a restart', async () => {
  const stranger = await phone.openStream('0123456789ab-17')
  await stranger.next(({ name }) => name === 'reset')
  const nonsense = await phone.openStream('not an id')
  await nonsense.next(({ name }) => name === 'reset')
  const open = await phone.openStream()
  await app.stop()
  await expect.poll(() => open.isOver).toBe(true)
  await app.restart()
  const again = await phone.openStream(open.lastEventId)
  await again.next(({ name }) => name === 'reset')
  const task = await ada.createTask({ title: 'After the restart' })
  await again.changeOf(task.id, 1)
  for (const stream of [stranger, nonsense, again]) stream.close()
})

test('nothing of it reaches another person', async () => {
  const bob = await app.signUp('Bob')
  const [his, hers] = await Promise.all([bob.openStream(), phone.openStream()])
  const task = await ada.createTask({ title: 'Secret' })
  await ada.complete(task)
  await hers.changeOf(task.id, 2)
  const own = await bob.createTask({ title: 'Of Bob' })
  await his.changeOf(own.id, 1)
  expect(JSON.stringify(his.events)).not.toContain(task.id)
  expect(JSON.stringify(hers.events)).not.toContain(own.id)
  his.close()
  hers.close()
})

test('without a session there is no stream', async () => {
  const response = await fetch(`${app.url}/api/v1/stream`)
  expect(response.status).toBe(401)
})

test('a stream ends with its session: by signing out, a new password, a deleted account; others go on', async () => {
  const gil = await app.signUp('Gil')
  const [tablet, laptop] = [await gil.otherSession(), await gil.otherSession()]
  const hers = await phone.openStream()
  const [onTablet, onLaptop] = [await tablet.openStream(), await laptop.openStream()]
  const isOver = (stream: LiveStream) => pollUntil(() => stream.isOver, { timeoutMs: 5_000, what: 'the end of it' })

  await tablet.ok('POST', '/api/auth/sign-out', {})
  await isOver(onTablet)
  expect(onLaptop.isOver).toBe(false)

  const change = { currentPassword: PASSWORD, newPassword: 'a new and longer one', revokeOtherSessions: true }
  await gil.ok('POST', '/api/auth/change-password', change)
  await isOver(onLaptop)

  const last = await gil.openStream()
  await gil.ok('POST', '/api/auth/delete-user', { password: change.newPassword })
  await isOver(last)
  expect(hers.isOver).toBe(false)
  hers.close()
})
