import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
let listId: string
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())
beforeEach(async () => {
  ada = await backend.signUp()
  listId = (await ada.call('POST', '/lists', { name: 'Order' })).body.id
})

const create = (title: string, rank?: string) => ada.createTask({ title, listId, ...(rank ? { rank } : {}) })

const titles = async (): Promise<string[]> => {
  const { body } = await ada.call('GET', `/tasks?listId=${listId}&sort=manual`)
  return body.items.map((task: Task) => task.title)
}

async function toTheTop(task: Task): Promise<void> {
  const { status, body } = await ada.call('POST', `/tasks/${task.id}/reorder`, { after: null })
  expect(status, JSON.stringify(body)).toBe(200)
}

test('a bulk move goes to the end of a list in its order, or back to the places that the tasks had', async () => {
  const there = (await ada.call('POST', '/lists', { name: 'There' })).body.id
  const [a, , c] = [await create('a'), await create('b'), await create('c')]
  const move = (more: object) => ada.call('POST', '/tasks/batch', { action: 'move', ids: [c.id, a.id], ...more })
  const { body } = await move({ listId: there })
  expect(body.items[0].rank < body.items[1].rank).toBe(true)
  expect(await titles()).toEqual(['b'])
  const wrong = await move({ listId, ranks: [c.rank] })
  expect(wrong).toMatchObject({ status: 400, body: { errors: [{ field: 'ranks' }] } })
  expect(await move({ listId, ranks: [c.rank, a.rank] })).toMatchObject({ status: 200 })
  expect(await titles()).toEqual(['a', 'b', 'c'])
})

describe('a task that is to come after itself', () => {
  const refusal = { status: 400, body: { errors: [{ field: 'after', message: expect.stringMatching(/^must be/) }] } }

  test('is refused by the name of the field, and stays where it is', async () => {
    const [, b] = [await create('a'), await create('b')]
    expect(await ada.call('POST', `/tasks/${b.id}/reorder`, { after: b.id })).toMatchObject(refusal)
    expect(await titles()).toEqual(['a', 'b'])
  })

  test('is refused among others too', async () => {
    const [a, b, c] = [await create('a'), await create('b'), await create('c')]
    const batch = { action: 'reorder', ids: [c.id, a.id, b.id], after: a.id }
    expect(await ada.call('POST', '/tasks/batch', batch)).toMatchObject(refusal)
    expect(await titles()).toEqual(['a', 'b', 'c'])
  })
})

describe('the order of a list goes on', () => {
  const LAST_BEFORE_NOTHING = `A${'0'.repeat(25)}1`

  test('whatever ranks clients send: those before which nothing could come are refused', async () => {
    const sent = { title: 'x', rank: LAST_BEFORE_NOTHING }
    const refused = { status: 400, body: { errors: [{ field: 'rank' }] } }
    expect(await ada.call('POST', '/tasks', sent)).toMatchObject(refused)
    const task = await create('y')
    expect(await ada.call('PATCH', `/tasks/${task.id}`, { rank: sent.rank })).toMatchObject(refused)
    const first = await create('first', `B${'0'.repeat(25)}`)
    const [a, b] = [await create('a'), await create('b')]
    for (const each of [a, b, first, task, a]) await toTheTop(each)
    expect(await titles()).toEqual(['a', 'y', 'first', 'b'])
  })

  test('also where an older version has taken such ranks, and in the order that it was', async () => {
    for (const title of ['one', 'two', 'three', 'four']) await create(title)
    await backend.testDatabase.database.pool.query(
      `update task set rank = case title when 'two' then 'A' || repeat('0', 26) when 'one' then $2 else $2 || 'V' end
       where list_id = $1 and title <> 'four'`,
      [listId, LAST_BEFORE_NOTHING],
    )
    const before = await titles()
    expect(before.at(0)).toBe('two')
    expect(before.at(-1)).toBe('four')
    await backend.migrateAgain('0009-ranks-with-room.sql')
    expect(await titles()).toEqual(before)
    const { body } = await ada.call('GET', `/tasks?listId=${listId}&sort=manual`)
    for (const task of body.items) await toTheTop(task)
    expect(await titles()).toEqual(before.toReversed())
  })
})

test('a task in the bin has no place in the order', async () => {
  const [a, b] = [await create('a'), await create('b')]
  await ada.call('DELETE', `/tasks/${a.id}`)
  expect((await ada.call('POST', `/tasks/${a.id}/reorder`, { after: b.id })).status).toBe(409)
})
