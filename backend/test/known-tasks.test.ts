import { Kysely, PostgresDialect } from 'kysely'
import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import type { Tables } from '../src/tables.ts'
import { KnownTasks } from '../src/tasks/known-tasks.ts'
import type { FindPage } from '../src/tasks/known-tasks.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

const query = (text: string, values: unknown[]) => backend.testDatabase.database.pool.query(text, values)

interface ReaderOptions {
  /** What happens after a task was read in full, before it is known. */
  whenRead?: () => Promise<unknown>
  mostKept?: number
}

/** The tasks of one list by title, and how often tasks were read in full. */
function readerOf(listId: string, { whenRead, mostKept }: ReaderOptions = {}) {
  let reads = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (result.rows[0] && 'notes' in result.rows[0]) {
        reads += 1
        await whenRead?.()
      }
      return result
    },
  }
  const dialect = new PostgresDialect({ pool: backend.testDatabase.database.pool })
  const find: FindPage = async (on) => {
    const inOrder = on.selectFrom('task').select(['id', 'change_no']).where('list_id', '=', listId).orderBy('title')
    return { items: await inOrder.execute(), nextCursor: null }
  }
  const known = new KnownTasks(new Kysely<Tables>({ dialect, plugins: [counting] }), mostKept)
  const page = async (finder = find) => JSON.parse(await known.page(finder)).items as Task[]
  return { find, page, reads: () => reads }
}

async function aList(...titles: string[]): Promise<{ client: Client; listId: string; tasks: Task[] }> {
  const client = await backend.signUp()
  const { id: listId } = (await client.call('POST', '/lists', { name: 'Mine' })).body
  const tasks: Task[] = []
  for (const title of titles) tasks.push(await client.createTask({ title, listId, notes: `About ${title}` }))
  return { client, listId, tasks }
}

test('a task that has not changed is not read in full again, and one that has is', async () => {
  const { client, listId, tasks } = await aList('Ale', 'Bread')
  const { page, reads } = readerOf(listId)
  expect(await page()).toEqual(tasks)
  expect(await page()).toEqual(tasks)
  expect(reads()).toBe(1)
  const { body: changed } = await client.call('PATCH', `/tasks/${tasks[1]!.id}`, { notes: 'Rye' })
  expect(await page()).toEqual([tasks[0], changed])
  expect(reads()).toBe(2)
})

test('what changes while a page is read is on it as it was found then, with what else changed by that time', async () => {
  const { client, listId, tasks } = await aList('Ale', 'Bread')
  const { find, page } = readerOf(listId)
  let changes = 0
  const disturbed: FindPage = async (db) => {
    const found = await find(db)
    changes += 1
    if (changes === 1) {
      await client.call('PATCH', `/tasks/${tasks[0]!.id}`, { title: 'Ale for two' })
      await client.call('DELETE', `/tasks/${tasks[1]!.id}`)
    }
    return found
  }
  const items = await page(disturbed)
  expect(items.map(({ title, deletedAt }) => [title, deletedAt !== null])).toEqual([
    ['Ale for two', false],
    ['Bread', true],
  ])
  expect(changes).toBe(2)
})

test('who reads at the same time, and learns of something newer, takes nothing away', async () => {
  const { client, listId, tasks } = await aList('Ale', 'Bread')
  const rename = async ({ id }: Task, notes: string) =>
    (await client.call('PATCH', `/tasks/${id}`, { notes })).body as Task
  let isDisturbed = false
  let turns = 0
  const disturb = async () => {
    if (!isDisturbed) return
    isDisturbed = false
    turns += 1
    for (const task of tasks) await rename(task, `Newer ${turns}`)
    await page(async (db) => ({ items: (await find(db)).items.slice(0, 1), nextCursor: null }))
    isDisturbed = true
  }
  const { find, page } = readerOf(listId, { whenRead: disturb })
  const [ale] = await page()
  const bread = await rename(tasks[1]!, 'Rye')
  isDisturbed = true
  expect(await page()).toEqual([ale, bread])
  expect(turns).toBe(1)
})

test('a page of more than can be kept is answered all the same', async () => {
  const { listId, tasks } = await aList('Ale', 'Bread', 'Cheese')
  const { page, reads } = readerOf(listId, { mostKept: 2_500 })
  for (let n = 1; n <= 3; n += 1) {
    expect(await page()).toEqual(tasks)
    expect(reads()).toBe(n)
  }
})

test('what changes again and again is still answered', async () => {
  const { listId, tasks } = await aList('Ale')
  const { find, page } = readerOf(listId)
  let turn = 0
  const rename: FindPage = async (db) => {
    const found = await find(db)
    turn += 1
    await query('update task set title = $1 where id = $2', [`Ale ${turn}`, tasks[0]!.id])
    return found
  }
  expect(await page(rename)).toMatchObject([{ title: 'Ale 1' }])
})

test('a task that is gone for good while a page is read is not on it', async () => {
  const { listId, tasks } = await aList('Ale', 'Bread')
  const { find, page } = readerOf(listId)
  const erased: FindPage = async (db) => {
    const found = await find(db)
    await query('delete from task where id = $1', [tasks[0]!.id])
    return found
  }
  expect(await page(erased)).toEqual([tasks[1]])
})

test('whatever is done to a task, by whom and where, the next page has it', async () => {
  const replica = await createBackend({ replicaOf: backend })
  try {
    const { client, listId, tasks } = await aList('Ale', 'Bread')
    const [ale, bread] = tasks.map(({ id }) => id) as [string, string]
    const other = client.at(replica)
    const steps: Parameters<Client['call']>[] = [
      [
        'PATCH',
        `/tasks/${ale}`,
        { due: { date: '2027-05-01', time: '09:00' }, tags: ['cold'], notes: 'Näher “dran”\n' },
      ],
      ['PATCH', `/tasks/${ale}`, { recurrence: { rule: 'FREQ=DAILY' } }],
      ['POST', `/tasks/${bread}/subtasks`, { title: 'Flour' }],
      ['POST', `/tasks/${bread}/complete`],
      ['POST', `/tasks/${bread}/reopen`],
      ['POST', '/tasks/batch', { action: 'reorder', ids: [bread, ale] }],
      ['DELETE', `/tasks/${bread}`],
      ['POST', `/tasks/${bread}/restore`],
      ['PATCH', `/me`, { timeZone: 'Pacific/Auckland' }],
    ]
    for (const step of steps) {
      expect((await other.call(...step)).status, JSON.stringify(step)).toBeLessThan(300)
      await expectPagesAsTasks([client, other], listId)
    }
    // By nobody who would count a version.
    await query('update task set priority = 1 where id = $1', [ale])
    await expectPagesAsTasks([client, other], listId)
  } finally {
    await replica.close()
  }
})

async function expectPagesAsTasks(clients: Client[], listId: string): Promise<void> {
  for (const client of clients) {
    const { items } = (await client.call('GET', `/tasks?listId=${listId}&state=all`)).body as { items: Task[] }
    expect(items.length).toBeGreaterThan(0)
    for (const task of items) expect(task).toEqual((await client.call('GET', `/tasks/${task.id}`)).body)
  }
}
