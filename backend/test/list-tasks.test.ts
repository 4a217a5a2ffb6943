import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { encodeCursor } from '../src/tasks/cursor.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

const titles = (items: Task[]) => items.map((task) => task.title)

async function pages(client: Client, query: string, limit = 3): Promise<Task[]> {
  const all: Task[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { status, body }: { status: number; body: any } = await client.call(
      'GET',
      `/tasks?${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
    )
    expect(status, JSON.stringify(body)).toBe(200)
    all.push(...body.items)
    cursor = body.nextCursor
  }
  return all
}

/** Ten tasks in three lists: due days 1 to 6, the rest without. */
async function aLife(): Promise<{ client: Client; work: string }> {
  const client = await backend.signUp()
  const work = (await client.call('POST', '/lists', { name: 'Work' })).body.id
  const home = (await client.call('POST', '/lists', { name: 'Home' })).body.id
  const lists = [work, home, undefined]
  for (let n = 1; n <= 10; n += 1) {
    await client.createTask({
      title: `Task ${String.fromCharCode(75 - n)}`,
      listId: lists[n % 3],
      priority: (['low', 'medium', 'high'] as const)[n % 3],
      tags: n % 2 ? ['Odd'] : ['even', 'big'],
      due: n <= 6 ? { date: `2027-05-0${n}`, time: n % 2 ? '09:00' : null } : null,
    })
  }
  return { client, work }
}

test.each([
  ['sort=due', 'JIHGFEDCBA'],
  ['sort=title', 'ABCDEFGHIJ'],
  ['sort=title&order=desc', 'JIHGFEDCBA'],
  ['sort=created', 'ABCDEFGHIJ'],
  ['sort=created&order=asc', 'JIHGFEDCBA'],
])('pages of %s go on where the last one ended, through all lists', async (query, order) => {
  const { client } = await aLife()
  expect(
    titles(await pages(client, query))
      .map((title) => title.at(-1))
      .join(''),
  ).toBe(order)
})

test.each([1, 2, 3, 32, 33])('pages of %i lists have the tasks of each, in their order', async (count) => {
  const client = await backend.signUp()
  const ids = [(await client.call('GET', '/me')).body.inboxId]
  while (ids.length < count) ids.push((await client.call('POST', '/lists', { name: `List ${ids.length}` })).body.id)
  const due = (n: number) => ({ date: `2027-05-${String(1 + ((n * 7) % 28)).padStart(2, '0')}` })
  const order = (tasks: Task[]) => tasks.map((task) => `${task.due!.date} ${task.id}`)
  const tasks: Task[] = []
  for (let n = 0; n < 2 * count; n += 1)
    tasks.push(await client.createTask({ title: `Task ${n}`, listId: ids[n % count], due: due(n) }))
  expect(order(await pages(client, 'sort=due', 7))).toEqual(order(tasks).toSorted())
  expect(order(await pages(client, 'sort=due&order=desc', 7))).toEqual(order(tasks).toSorted().toReversed())
})

test('latest due first still has tasks without a due date at the end', async () => {
  const { client } = await aLife()
  for (const limit of [1, 2, 3, 6, 7, 50]) {
    const dates = (await pages(client, 'sort=due&order=desc', limit)).map((task) => task.due?.date.at(-1) ?? '-')
    expect(dates.join('')).toBe('654321----')
  }
})

test('high priority comes first, and within it what is due first', async () => {
  const { client } = await aLife()
  const tasks = await pages(client, 'sort=priority')
  expect(tasks.map((task) => task.priority[0]).join('')).toBe('hhhmmmmlll')
  expect(
    tasks
      .slice(0, 3)
      .map((task) => task.due?.date.at(-1) ?? '-')
      .join(''),
  ).toBe('25-')
  expect((await pages(client, 'sort=priority&order=asc')).map((task) => task.priority[0]).join('')).toBe('lllmmmmhhh')
})

test('filters by list, tags in any letter case, priority and due days are combined', async () => {
  const { client, work } = await aLife()
  expect(await pages(client, `listId=${work}`)).toHaveLength(3)
  expect(await pages(client, 'tagsAny=odd,BIG')).toHaveLength(10)
  expect(await pages(client, 'tagsAll=EVEN&tagsAll=big')).toHaveLength(5)
  expect(await pages(client, 'tagsAll=even,odd')).toHaveLength(0)
  expect(titles(await pages(client, 'priority=high&tagsAny=odd&dueFrom=2027-05-02&dueTo=2027-05-05'))).toEqual([
    'Task F',
  ])
  expect(await pages(client, 'hasDue=false')).toHaveLength(4)
})

test('what is due before a moment: a time when it has come, a day when it has ended, never what has no date', async () => {
  const { client } = await aLife()
  const before = async (moment: string, rest = '') =>
    (await pages(client, `sort=due&dueBefore=${moment}${rest}`, 2)).map((task) => task.due?.date.at(-1)).join('')
  expect(await before('2027-05-03T08:00:00Z')).toBe('12')
  expect(await before('2027-05-03T08:00:01Z')).toBe('123')
  expect(await before('2027-05-04T22:59:00Z')).toBe('123')
  expect(await before('2027-05-04T23:00:00Z')).toBe('1234')
  expect(await before('2027-05-04T23:00:00Z', '&order=desc')).toBe('4321')
  expect(await before('2027-05-04T23:00:00Z', '&dueFrom=2027-05-02')).toBe('234')
})

test('a page stays right while tasks are completed and added in between', async () => {
  const { client } = await aLife()
  const first = await client.call('GET', '/tasks?sort=title&limit=4')
  await client.call('POST', `/tasks/${first.body.items[1].id}/complete`)
  await client.createTask({ title: 'Task AA' })
  await client.createTask({ title: 'Task GG' })
  const second = await client.call('GET', `/tasks?sort=title&limit=4&cursor=${first.body.nextCursor}`)
  expect(titles(second.body.items)).toEqual(['Task E', 'Task F', 'Task G', 'Task GG'])
})

test('a cursor of another sort, or none of ours, is refused by name', async () => {
  const { client } = await aLife()
  const { body } = await client.call('GET', '/tasks?sort=title&limit=2')
  const at = (sort: string, moment: string) =>
    `sort=${sort}&cursor=${encodeCursor(`${sort} ${sort === 'due' ? 'asc' : 'desc'}`, [moment, body.items[0].id])}`
  const never = ['2027-02-30 00:00:00+00', '2027-13-45 99:99:99Z', '0000-01-01 00:00:00+00']
  never.push(...['+24', '+16', '-23', '+16:00'].map((offset) => `2027-01-01 00:00:00${offset}`))
  const cursors = [`sort=due&cursor=${body.nextCursor}`, 'cursor=abc', 'cursor=WzFd']
  expect((await client.call('GET', `/tasks?${at('due', '2027-02-28 00:00:00+00')}`)).status).toBe(200)
  for (const cursor of [...cursors, ...never.flatMap((moment) => [at('due', moment), at('created', moment)])]) {
    const answer = await client.call('GET', `/tasks?${cursor}`)
    expect(answer.status).toBe(400)
    expect(answer.body.errors[0].field).toBe('cursor')
  }
})

test('states: completed by when they were, the bin apart, all but the bin', async () => {
  const { client } = await aLife()
  const [a, b, c] = await pages(client, 'sort=title')
  await client.call('POST', `/tasks/${b!.id}/complete`)
  await client.call('POST', `/tasks/${a!.id}/complete`)
  await client.call('DELETE', `/tasks/${c!.id}`)
  expect(titles(await pages(client, 'state=completed'))).toEqual(['Task A', 'Task B'])
  expect(titles(await pages(client, 'state=deleted'))).toEqual(['Task C'])
  expect(await pages(client, 'state=all')).toHaveLength(9)
  expect(await pages(client, '')).toHaveLength(7)
})

test('whatever the state, the sort and the way round, pages have every task once', async () => {
  const { client } = await aLife()
  const [a, b, c] = await pages(client, 'sort=title')
  for (const task of [a!, b!]) await client.call('POST', `/tasks/${task.id}/complete`)
  for (const task of [b!, c!]) await client.call('DELETE', `/tasks/${task.id}`)
  const expected = { open: 7, completed: 1, deleted: 2, all: 8 }
  for (const [state, count] of Object.entries(expected)) {
    for (const sort of ['due', 'priority', 'created', 'title', 'manual', 'completed']) {
      for (const order of ['asc', 'desc']) {
        const query = `state=${state}&sort=${sort}&order=${order}`
        const ids = (await pages(client, query, 1)).map(({ id }) => id)
        expect([ids.length, new Set(ids).size], query).toEqual([count, count])
      }
    }
  }
})

test('what is not completed comes after what is, in both directions', async () => {
  const { client } = await aLife()
  const [a, b] = await pages(client, 'sort=title')
  for (const task of [b!, a!]) await client.call('POST', `/tasks/${task.id}/complete`)
  const first = async (order: string) => titles(await pages(client, `state=all&sort=completed&order=${order}`, 3))
  expect((await first('asc')).slice(0, 2)).toEqual(['Task B', 'Task A'])
  expect((await first('desc')).slice(0, 2)).toEqual(['Task A', 'Task B'])
})

test('a list that is named twice is looked into once', async () => {
  const { client, work } = await aLife()
  expect(await pages(client, `listId=${work},${work.toUpperCase()}&listId=${work}`)).toHaveLength(3)
})

test.each([
  'sort=colour',
  'dueFrom=tomorrow',
  'dueBefore=2027-05-01',
  'limit=0',
  'limit=1000',
  'state=gone',
  'colour=red',
  'priority=urgent',
  'listId=1',
])('the query %s is refused with the field and what would be right', async (query) => {
  const { client } = await aLife()
  const { status, body } = await client.call('GET', `/tasks?${query}`)
  expect(status).toBe(400)
  expect(body.errors[0].field.split('.')[0]).toBe(query.split('=')[0])
})
