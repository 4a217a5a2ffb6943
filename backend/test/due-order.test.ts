import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

/** Due within two days of Lisbon, as they were entered all over the world; each says when that is in Lisbon. */
const TASKS = [
  { title: 'undated', due: null },
  { title: '2nd, all day', due: { date: '2027-05-02' } },
  { title: '2nd 04:00', due: { date: '2027-05-01', time: '23:00', timeZone: 'America/New_York' } },
  { title: '1st 19:00', due: { date: '2027-05-02', time: '06:00', timeZone: 'Pacific/Auckland' } },
  { title: '2nd 03:00', due: { date: '2027-05-02', time: '03:00' } },
  { title: '1st, all day', due: { date: '2027-05-01' } },
  { title: '2nd 00:00', due: { date: '2027-05-02', time: '08:00', timeZone: 'Asia/Tokyo' } },
]
const IN_ORDER = ['1st 19:00', '1st, all day', '2nd 00:00', '2nd 03:00', '2nd 04:00', '2nd, all day', 'undated']

beforeEach(async () => {
  ada = await backend.signUp()
  const other = (await ada.call('POST', '/lists', { name: 'Other' })).body.id
  for (const [index, task] of TASKS.entries())
    await ada.createTask({ ...task, ...(index % 2 ? { listId: other } : {}) })
})

async function titles(query: string, limit = 50): Promise<string[]> {
  const found: string[] = []
  let cursor = ''
  do {
    const { status, body } = await ada.call('GET', `/tasks?${query}&limit=${limit}${cursor}`)
    expect(status, JSON.stringify(body)).toBe(200)
    found.push(...body.items.map(({ title }: Task) => title))
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
  } while (cursor !== '')
  return found
}

const REVERSED = [...IN_ORDER.slice(0, -1).toReversed(), 'undated']

describe.each([1, 2, 3, 50])('in pages of %i', (limit) => {
  test.each([
    ['sort=due', IN_ORDER],
    ['sort=due&order=desc', REVERSED],
    ['sort=priority', IN_ORDER],
    ['sort=due&state=all', IN_ORDER],
  ])('%s follows the moment, whatever zone it was entered in', async (query, order) => {
    expect(await titles(query, limit)).toEqual(order)
  })
})

test.each([
  ['dueTo=2027-05-01', IN_ORDER.slice(0, 2)],
  ['dueFrom=2027-05-01&dueTo=2027-05-01', IN_ORDER.slice(0, 2)],
  ['dueFrom=2027-05-02', IN_ORDER.slice(2, 6)],
  ['dueFrom=2027-05-02&dueTo=2027-05-02&order=desc', IN_ORDER.slice(2, 6).toReversed()],
  ['dueFrom=2027-05-03', []],
  ['hasDue=false', ['undated']],
  ['hasDue=true', IN_ORDER.slice(0, -1)],
])('%s means days of the person', async (query, order) => {
  expect(await titles(`${query}&sort=due`, 2)).toEqual(order)
})

test('the sidebar counts by the same days', async () => {
  backend.setNow(new Date('2027-05-02T02:30:00Z'))
  const counts = async (today: string) => (await ada.call('GET', `/overview?today=${today}`)).body.counts
  expect(await counts('2027-05-01')).toMatchObject({ today: 2, upcoming: 4, all: 7 })
  // 03:30 in Lisbon: the two of yesterday, midnight and three o'clock.
  expect(await counts('2027-05-02')).toMatchObject({ today: 6, overdue: 4, upcoming: 0, all: 7 })
  backend.setNow(null)
})

test('who moves to another zone finds their whole days there, and the moments where they were', async () => {
  await ada.call('PATCH', '/me', { timeZone: 'Asia/Tokyo' })
  expect(await titles('sort=due')).toEqual([
    '1st, all day',
    '1st 19:00',
    '2nd 00:00',
    '2nd 03:00',
    '2nd 04:00',
    '2nd, all day',
    'undated',
  ])
  expect(await titles('dueTo=2027-05-01&sort=due')).toEqual(['1st, all day'])
  await ada.createTask({ title: '1st there', due: { date: '2027-05-01' } })
  expect((await titles('dueTo=2027-05-01&sort=due')).toSorted()).toEqual(['1st there', '1st, all day'])
})

test('another due date takes a task to its new place', async () => {
  const [task] = (await ada.call('GET', '/tasks?q=undated')).body.items
  await ada.call('PATCH', `/tasks/${task.id}`, { due: { date: '2027-05-01', time: '23:30' } })
  expect((await titles('sort=due')).slice(0, 3)).toEqual(['1st 19:00', 'undated', '1st, all day'])
  await ada.call('PATCH', `/tasks/${task.id}`, { due: null })
  expect((await titles('sort=due')).at(-1)).toBe('undated')
})
