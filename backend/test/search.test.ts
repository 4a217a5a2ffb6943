import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client

beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
  const list = (await ada.call('POST', '/lists', { name: 'Other' })).body.id
  for (const [title, notes] of [
    ['Call the dentist', 'about the crown'],
    ['Buy oat milk', 'and bread'],
    ['Milk the oat joke', ''],
    ['Crème brûlée for Zoë', 'sugar, eggs'],
    ['Groceries for the week', 'milk, oats, coffee'],
    ['Read “The log is the database”', 'https://example.org/e-mail-archive'],
  ]) {
    await ada.createTask({ title, notes, ...(title!.startsWith('Crème') ? { listId: list } : {}) })
  }
})
afterAll(() => backend.close())

const find = async (q: string, client = ada) => {
  const { status, body } = await client.call('GET', `/tasks?q=${encodeURIComponent(q)}`)
  expect(status, JSON.stringify(body)).toBe(200)
  return body.items.map((task: { title: string }) => task.title)
}

test.each([
  ['dentist', ['Call the dentist']],
  ['DENT', ['Call the dentist']],
  ['crown', ['Call the dentist']],
  ['"oat milk"', ['Buy oat milk']],
  ['creme brulee', ['Crème brûlée for Zoë']],
  ['Zoe', ['Crème brûlée for Zoë']],
  ['brûlée', ['Crème brûlée for Zoë']],
  ['denist', ['Call the dentist']],
  ['groceris', ['Groceries for the week']],
  ['grocreies', ['Groceries for the week']],
  ['e-mail', ['Read “The log is the database”']],
  ['oat zebra', []],
  ['!!! ---', []],
  ["'; drop table task; --", []],
  ['& | ! ( :* <->', []],
  ['example.org', ['Read “The log is the database”']],
])('searching for %s finds what a person would expect', async (q, titles) => {
  expect(await find(q)).toEqual(titles)
})

test('titles come before notes', async () => {
  expect((await find('milk')).at(-1)).toBe('Groceries for the week')
  expect(await find('milk')).toHaveLength(3)
})

test('a search finds nothing of other people', async () => {
  expect(await find('milk', await backend.signUp('Bob'))).toEqual([])
})

test('pages of a search go on where the last one ended', async () => {
  const first = await ada.call('GET', '/tasks?q=milk&limit=2')
  const second = await ada.call('GET', `/tasks?q=milk&limit=2&cursor=${first.body.nextCursor}`)
  expect(second.status, JSON.stringify([first.body.nextCursor, second.body])).toBe(200)
  expect(
    [...first.body.items, ...second.body.items].map((task) => task.title).toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['Buy oat milk', 'Groceries for the week', 'Milk the oat joke'])
})

test('a search with another sort keeps that sort', async () => {
  const { body } = await ada.call('GET', '/tasks?q=milk&sort=title')
  expect(body.items.map((task: { title: string }) => task.title)).toEqual([
    'Buy oat milk',
    'Groceries for the week',
    'Milk the oat joke',
  ])
})
