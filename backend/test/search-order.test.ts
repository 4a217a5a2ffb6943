import { afterAll, beforeAll, expect, test } from 'vitest'
import { findTitles } from './find-titles.ts'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

test('the very word comes before what only begins with it, a title before notes, a short one before a long one', async () => {
  const eve = await backend.signUp()
  for (const title of ['Cargo', 'Carpet for the hall', 'Wash the car today', 'Car', 'Carmen'])
    await eve.createTask({ title })
  await eve.createTask({ title: 'Errands', notes: 'fetch the car' })
  expect(await findTitles('car', eve)).toEqual([
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
  expect(await findTitles('milk oat', eve)).toEqual(['Oat milk', 'Some oat drink instead of milk', 'Oat milkshake'])
})
