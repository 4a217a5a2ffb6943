import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { createBackend, occurrenceDue } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

test('a tag is renamed on every task, and has a colour of the person', async () => {
  const client = await backend.signUp('Tina')
  const one = await client.createTask({ title: 'one', tags: ['Hom', 'x'] })
  await client.createTask({ title: 'two', tags: ['hom', 'home'] })
  const renamed = await client.call('PATCH', '/tags/hom', { name: 'home', color: 'teal' })
  expect(renamed.body).toEqual({ name: 'home', color: 'teal', openTasks: 2 })
  expect((await client.call('GET', `/tasks/${one.id}`)).body.tags).toEqual(['home', 'x'])
  expect((await client.call('DELETE', '/tags/home')).status).toBe(204)
  expect((await client.call('GET', '/tags')).body.items.map((tag: { name: string }) => tag.name)).toEqual(['x'])
})

test('a tag that becomes another one takes its colour, and a new one keeps its own', async () => {
  const client = await backend.signUp('Tom')
  await client.createTask({ title: 'one', tags: ['red-one', 'blue-one', 'plain'] })
  await client.call('PATCH', '/tags/red-one', { color: 'red' })
  await client.call('PATCH', '/tags/blue-one', { color: 'blue' })
  expect((await client.call('PATCH', '/tags/red-one', { name: 'blue-one' })).body).toMatchObject({ color: 'blue' })
  expect((await client.call('PATCH', '/tags/blue-one', { name: 'new' })).body).toMatchObject({ color: 'blue' })
  expect((await client.call('PATCH', '/tags/new', { name: 'plain' })).body).toMatchObject({ color: 'blue' })
})

test('a tag of very many tasks is renamed and taken off in parts, between which everybody else has their turn', async () => {
  const { pool } = backend.testDatabase.database
  const client = await backend.signUp('Uma')
  const { inboxId } = (await client.call('GET', '/me')).body
  await pool.query(
    `insert into task (id, list_id, title, priority, tags, rank, created_at, updated_at)
     select gen_random_uuid(), $1::uuid, 'Task ' || n, 2, array['wrok', 'x'], 'a' || lpad(n::text, 6, '0') || 'V', now(), now()
     from generate_series(1, 450) n`,
    [inboxId],
  )
  const parts = async () => {
    const text = 'select count(distinct xmin::text) as parts from task where list_id = $1'
    return (await pool.query<{ parts: number }>(text, [inboxId])).rows[0]!.parts
  }
  expect((await client.call('PATCH', '/tags/wrok', { name: 'work' })).body).toMatchObject({ openTasks: 450 })
  expect(await parts()).toBe(5)
  expect((await client.call('DELETE', '/tags/work')).status).toBe(204)
  expect((await client.call('GET', '/tags')).body.items).toMatchObject([{ name: 'x', openTasks: 450 }])
  expect(await parts()).toBe(5)
})

test.each([
  ['renamed', ['house', 'sun'], (client: Client) => client.call('PATCH', '/tags/home', { name: 'house' })],
  ['taken away', ['sun'], (client: Client) => client.call('DELETE', '/tags/home')],
])('a tag that is %s is so in the next occurrence, whatever this one alone has', async (_, tags, change) => {
  const client = await backend.signUp('Nia')
  const task = {
    title: 'Water',
    tags: ['home', 'sun'],
    due: { date: '2040-01-01' },
    recurrence: { rule: 'FREQ=DAILY' },
  }
  const [more, none] = [await client.createTask(task), await client.createTask(task)]
  await client.call('PATCH', `/tasks/${more.id}`, { tags: ['home', 'urgent'], scope: 'this' })
  await client.call('PATCH', `/tasks/${none.id}`, { tags: [], scope: 'this' })
  expect((await change(client)).status).toBeLessThan(300)
  for (const one of [more, none]) {
    await client.call('POST', `/tasks/${one.id}/complete`)
    await backend.deliver(await occurrenceDue(client, one, '2040-01-02'))
  }
  const open = (await client.call('GET', '/tasks')).body.items
  expect(open.map((next: Task) => next.tags)).toEqual([tags, tags])
})
