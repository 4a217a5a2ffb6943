import { describe, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { day } from './support/days.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
let work: string
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp()
  work = (await ada.ok('POST', '/lists', { name: 'Work' })).id
  for (const task of TASKS) await ada.createTask({ ...task, ...(task.tags?.includes('work') ? { listId: work } : {}) })
  const [done] = await ada.tasks('q=passport')
  await ada.complete(done!)
})

const TASKS = [
  { title: 'Write the quarterly report', priority: 'high', tags: ['work', 'writing'], due: { date: day(1) } },
  { title: 'Café with Zoë', priority: 'low', tags: ['friends'], due: { date: day(0), time: '15:00' } },
  { title: 'Renew passport', priority: 'high', tags: ['papers'], due: { date: day(-2) } },
  { title: 'Water the plants', notes: 'Only the ones by the window', tags: ['home'], due: { date: day(0) } },
  { title: 'Call the bank', notes: 'About the annual report', priority: 'medium', tags: ['papers', 'work'] },
  { title: 'Someday: learn to sail', priority: 'low' },
  { title: 'apple pie', tags: ['Home'], due: { date: day(7) } },
]

describe('filters', () => {
  test.each([
    ['priority=high', ['Write the quarterly report']],
    ['priority=high&state=all', ['Renew passport', 'Write the quarterly report']],
    ['state=completed', ['Renew passport']],
    ['tagsAny=home,friends', ['Water the plants', 'Café with Zoë', 'apple pie']],
    ['tagsAll=work&tagsAll=papers', ['Call the bank']],
    ['tagsAny=HOME', ['Water the plants', 'apple pie']],
    [`dueFrom=${day(0)}&dueTo=${day(1)}`, ['Water the plants', 'Café with Zoë', 'Write the quarterly report']],
    ['hasDue=false', ['Call the bank', 'Someday: learn to sail']],
    ['priority=low&tagsAny=friends&hasDue=true&q=cafe', ['Café with Zoë']],
    [`dueTo=${day(-1)}&state=open`, []],
  ])('%s finds exactly what it says', async (query, titles) => {
    expect((await ada.titles(query)).toSorted()).toEqual(titles.toSorted())
  })

  test('by list find what is in it', async () => {
    expect((await ada.titles(`listId=${work}`)).toSorted()).toEqual(['Call the bank', 'Write the quarterly report'])
  })
})

describe('sorting', () => {
  const all = 'state=open'
  test('by due date puts what is due first first, and what has no date last', async () => {
    const titles = await ada.titles(`${all}&sort=due`)
    expect(titles.slice(0, 4)).toEqual(['Café with Zoë', 'Water the plants', 'Write the quarterly report', 'apple pie'])
    expect(titles.slice(4).toSorted()).toEqual(['Call the bank', 'Someday: learn to sail'])
    expect((await ada.titles(`${all}&sort=due&order=desc`)).slice(0, 2)).toEqual([
      'apple pie',
      'Write the quarterly report',
    ])
  })

  test('by priority puts high first', async () => {
    const rank = { high: 0, medium: 1, low: 2 }
    const priorities = (await ada.tasks(`${all}&sort=priority`)).map(({ priority }) => rank[priority])
    expect(priorities).toEqual(priorities.toSorted((a, b) => a - b))
    const backwards = (await ada.tasks(`${all}&sort=priority&order=asc`)).map(({ priority }) => rank[priority])
    expect(backwards).toEqual(backwards.toSorted((a, b) => b - a))
  })

  test('by name takes no notice of case and accents', async () => {
    expect(await ada.titles(`${all}&sort=title`)).toEqual([
      'apple pie',
      'Café with Zoë',
      'Call the bank',
      'Someday: learn to sail',
      'Water the plants',
      'Write the quarterly report',
    ])
  })

  test('by creation puts the newest first', async () => {
    expect((await ada.titles(`${all}&sort=created`))[0]).toBe('apple pie')
    expect((await ada.titles(`${all}&sort=created&order=asc`))[0]).toBe('Write the quarterly report')
  })
})

describe('search', () => {
  test.each([
    ['report', ['Write the quarterly report', 'Call the bank']],
    ['cafe zoe', ['Café with Zoë']],
    ['wat', ['Water the plants']],
    ['%22annual report%22', ['Call the bank']],
    ['quartely', ['Write the quarterly report']],
    ['window', ['Water the plants']],
    ['unicorn', []],
  ])('“%s” finds in titles and notes, the best match first', async (words, titles) => {
    expect(await ada.titles(`q=${words}`)).toEqual(titles)
  })

  test.each(["'", '"', '%', '_', '\\', '&|!()', ':*', '<->', "'; drop table task; --", '🚂', '\u0000'])(
    'is not upset by %j',
    async (words) => {
      const { status } = await ada.call('GET', `/tasks?q=${encodeURIComponent(words)}`)
      expect(status).toBeLessThan(500)
      expect((await ada.titles('q=passport&state=all')).length).toBe(1)
    },
  )
})

describe('pages', () => {
  test('put together are the whole, also when tasks come and go in between', async () => {
    const bea = await app.signUp('Bea')
    for (let n = 0; n < 25; n += 1) await bea.createTask({ title: `t${n}`, due: { date: day(n % 5) } })
    for (const sort of ['due', 'priority', 'created', 'title', 'manual']) {
      const before = (await bea.tasks(`sort=${sort}`)).map(({ id }) => id)
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const page: { items: Task[]; nextCursor: string | null } = await bea.ok(
          'GET',
          `/tasks?sort=${sort}&limit=7${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        )
        seen.push(...page.items.map(({ id }) => id))
        cursor = page.nextCursor
        // What was seen goes; nothing that was not seen may be skipped for it.
        if (cursor && seen.length === 7) await bea.ok('DELETE', `/tasks/${seen[0]}`)
      }
      expect([sort, seen]).toEqual([sort, before])
      await bea.ok('POST', `/tasks/${seen[0]}/restore`)
    }
  })

  test('refuse a cursor that is not of this view', async () => {
    const { body } = await ada.call('GET', '/tasks?sort=due&cursor=nonsense')
    expect(body).toMatchObject({ status: 400, errors: [{ field: 'cursor' }] })
  })
})

describe('the sidebar', () => {
  test('counts what is there', async () => {
    const { counts, lists, tags } = await ada.ok('GET', `/overview?today=${day(0)}`)
    expect(counts).toMatchObject({ today: 2, upcoming: 2, all: 6 })
    expect(lists.find((list: { id: string }) => list.id === work)).toMatchObject({ openTasks: 2 })
    expect(tags.find((tag: { name: string }) => tag.name.toLowerCase() === 'home')).toMatchObject({ openTasks: 2 })
  })

  test('keeps views and colours of tags, and renames a tag everywhere', async () => {
    const filter = await ada.ok('POST', '/filters', { name: 'Urgent', query: 'priority=high' })
    expect((await ada.ok('GET', '/filters')).items).toMatchObject([{ name: 'Urgent', query: 'priority=high' }])
    await ada.ok('DELETE', `/filters/${filter.id}`)
    expect((await ada.ok('GET', '/filters')).items).toEqual([])
    await ada.ok('PATCH', '/tags/friends', { name: 'people', color: 'pink' })
    expect(await ada.titles('tagsAny=people')).toEqual(['Café with Zoë'])
    await ada.ok('DELETE', '/tags/people')
    expect(await ada.titles('tagsAny=people')).toEqual([])
  })
})
