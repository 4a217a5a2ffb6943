import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { findTitles } from './find-titles.ts'
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

const find = (q: string, client = ada) => findTitles(q, client)

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
  ['coffie', ['Groceries for the week']],
  ['mlik', ['Milk the oat joke', 'Buy oat milk', 'Groceries for the week']],
  ['crwon', ['Call the dentist']],
  ['braed', ['Buy oat milk']],
  ['dnetsit', ['Call the dentist']],
  ['creme bruelee', ['Crème brûlée for Zoë']],
  ['Brûélé', ['Crème brûlée for Zoë']],
  ['dentits crwon', ['Call the dentist']],
  ['oat mlik bread', ['Buy oat milk']],
  ['grcoer', ['Groceries for the week']],
  ['call milk', []],
  ['"oat mlik"', ['Buy oat milk']],
  ['"oat milc" braed', ['Buy oat milk']],
  ['"wekk for"', []],
  ['"oat mil"', ['Buy oat milk']],
  ['"call the dnetist"', ['Call the dentist']],
  ['"milk oat"', ['Groceries for the week']],
  ['"milk bread"', []],
  ['bread "oat milk" byu', ['Buy oat milk']],
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

test.each(['', '&sort=created'])('of 1,500 matches every one is reached, page by page (%s)', async (sort) => {
  const eve = await backend.signUp('Eve')
  const exact = await eve.createTask({ title: 'gecko' })
  await backend.testDatabase.database.pool.query(
    `insert into task (id, list_id, title, priority, rank, created_at, updated_at)
     select gen_random_uuid(), $1, 'gecko number ' || n || ' in a list', 2, 'a0', now() + n * interval '1 s', now()
     from generate_series(1, 1500) as n`,
    [exact.listId],
  )
  const found = await everyPage(eve, `/tasks?q=gecko${sort}&limit=200`)
  expect(new Set(found.map(({ id }) => id)).size).toBe(1_501)
  expect(found).toHaveLength(1_501)
  if (sort === '') expect(found[0]!.title).toBe('gecko')
})

async function everyPage(client: Client, path: string): Promise<Task[]> {
  const seen: Task[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { status, body } = await client.call('GET', `${path}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`)
    expect(status, JSON.stringify(body)).toBe(200)
    seen.push(...body.items)
    cursor = body.nextCursor
  }
  return seen
}

describe('typing errors', () => {
  test.each(['due', 'title', 'created', 'priority', 'manual'])('are forgiven in a search by %s too', async (sort) => {
    const right = await ada.call('GET', `/tasks?q=milk&sort=${sort}`)
    const wrong = await ada.call('GET', `/tasks?q=mlik&sort=${sort}`)
    expect(right.body.items).toHaveLength(3)
    expect(wrong.body.items).toEqual(right.body.items)
  })

  test.each(
    ['', '&sort=title', '&sort=due&order=desc', '&sort=created'].flatMap((sort) => [
      [sort, 'oat mlik'],
      [sort, '"oat mlik"'],
    ]),
  )('are forgiven on every page (%s) of %s, whatever becomes known in between', async (sort, wrong) => {
    const eve = await backend.signUp('Eve')
    for (let n = 0; n < 7; n += 1)
      await eve.createTask({ title: `Oat milk ${n}`, due: n % 2 ? { date: '2027-01-01' } : null })
    const right = (await eve.call('GET', `/tasks?q=oat+milk${sort}&limit=50`)).body.items
    const seen: string[] = []
    let cursor = ''
    do {
      const { status, body } = await eve.call('GET', `/tasks?q=${encodeURIComponent(wrong)}${sort}&limit=3${cursor}`)
      expect(status, JSON.stringify(body)).toBe(200)
      seen.push(...body.items.map((task: { id: string }) => task.id))
      cursor = body.nextCursor === null ? '' : `&cursor=${encodeURIComponent(body.nextCursor)}`
      if (seen.length === 3) await eve.createTask({ title: 'mlika' })
    } while (cursor !== '')
    expect(seen).toEqual(right.map((task: { id: string }) => task.id))
  })

  test('are forgiven in a task from the moment on when it is there', async () => {
    const eve = await backend.signUp('Eve')
    await eve.createTask({ title: 'First' })
    expect(await find('kumqauts', eve)).toEqual([])
    const task = await eve.createTask({ title: 'Kumquats' })
    expect(await find('kumqauts', eve)).toEqual(['Kumquats'])
    await eve.call('PATCH', `/tasks/${task.id}`, { title: 'Tangerines' })
    expect(await find('tangreines', eve)).toEqual(['Tangerines'])
    expect(await find('kumqauts', eve)).toEqual([])
  })

  test('are forgiven within the filters, even where other tasks have the very word', async () => {
    const eve = await backend.signUp('Eve')
    const done = await eve.createTask({ title: 'Diary of a trip' })
    await eve.call('POST', `/tasks/${done.id}/complete`)
    await eve.createTask({ title: 'Dairy products' })
    expect(await find('diary', eve)).toEqual(['Dairy products'])
    const { body } = await eve.call('GET', '/tasks?q=dairy&state=completed')
    expect(body.items.map(({ title }: { title: string }) => title)).toEqual(['Diary of a trip'])
  })

  test('are forgiven in a phrase only when it is nowhere as it was typed', async () => {
    const eve = await backend.signUp('Eve')
    for (const title of ['Form a band', 'From a band', 'From a farm']) await eve.createTask({ title })
    expect(await find('"form a band"', eve)).toEqual(['Form a band'])
    expect(await find('"form a" bnad', eve)).toEqual(['Form a band'])
    expect(await find('"form a farm"', eve)).toEqual(['From a farm'])
  })

  test('are not mended with the words of other people', async () => {
    const eve = await backend.signUp('Eve')
    await eve.createTask({ title: 'Something else' })
    expect(await find('denitst', eve)).toEqual([])
  })

  test('are never seen where the words are there as they were typed', async () => {
    const eve = await backend.signUp('Eve')
    for (const title of ['Form', 'From']) await eve.createTask({ title })
    expect(await find('form', eve)).toEqual(['Form'])
  })

  test('or a word that is none of them find nothing, however it is sorted', async () => {
    for (const q of ['zebra', '!!!']) {
      for (const sort of ['', '&sort=title', '&sort=due&order=desc']) {
        expect((await ada.call('GET', `/tasks?q=${q}${sort}`)).body).toEqual({ items: [], nextCursor: null })
      }
    }
  })

  test.each([
    '.',
    'e30.e30',
    'eyJwaHJhc2VzIjpbXSwid29yZHMiOltbIiciXV19.',
    'eyJwaHJhc2VzIjpbXSwid29yZHMiOltbXV19.WyJtYXRjaCIsWzEsIngiXV0',
    'eyJwaHJhc2VzIjpbXSwid29yZHMiOltdfQ.',
    'eyJwaHJhc2VzIjpbW1siXHUwMDAwIl1dXSwid29yZHMiOltdfQ.',
  ])('the cursor %s, which is none of ours, is refused by name', async (cursor) => {
    for (const sort of ['', '&sort=title']) {
      const { status, body } = await ada.call('GET', `/tasks?q=mlik${sort}&cursor=${cursor}`)
      expect([status, body.errors?.[0].field]).toEqual([400, 'cursor'])
    }
  })
})
