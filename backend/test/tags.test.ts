import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

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
