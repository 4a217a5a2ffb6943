import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

async function find(q: string, client: Client): Promise<string[]> {
  const { body } = await client.call('GET', `/tasks?q=${encodeURIComponent(q)}`)
  return body.items.map(({ title }: Task) => title)
}

test('the very word comes before what only begins with it, a title before notes, a short one before a long one', async () => {
  const eve = await backend.signUp()
  for (const title of ['Cargo', 'Carpet for the hall', 'Wash the car today', 'Car', 'Carmen'])
    await eve.createTask({ title })
  await eve.createTask({ title: 'Errands', notes: 'fetch the car' })
  expect(await find('car', eve)).toEqual([
    'Car',
    'Wash the car today',
    'Carmen',
    'Cargo',
    'Carpet for the hall',
    'Errands',
  ])
})

test('of several words, a title with all of them comes before one where one is only begun', async () => {
  const eve = await backend.signUp()
  for (const title of ['Oat milkshake', 'Some oat drink instead of milk', 'Oat milk']) await eve.createTask({ title })
  expect(await find('milk oat', eve)).toEqual(['Oat milk', 'Some oat drink instead of milk', 'Oat milkshake'])
})
