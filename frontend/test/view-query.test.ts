import { describe, expect, test } from 'vitest'
import { completedQuery, orderOf, viewAsFilters, viewQuery } from '../src/features/views/view-query.ts'
import { viewOfPath } from '../src/features/views/view.ts'

const context = { today: '2026-11-23', inboxId: 'inbox', tags: ['Home', 'far away'] }

describe('what a view asks the server for', () => {
  test('Today is everything open that is due by today, the earliest first', () => {
    expect(viewQuery({ kind: 'today' }, {}, context)).toEqual({
      state: 'open',
      dueTo: '2026-11-23',
      sort: 'due',
      order: 'asc',
    })
  })

  test('Upcoming begins tomorrow', () => {
    expect(viewQuery({ kind: 'upcoming' }, {}, context)).toMatchObject({ dueFrom: '2026-11-24' })
  })

  test('a list is in the order that the person gave it', () => {
    expect(viewQuery({ kind: 'list', listId: 'l1' }, {}, context)).toMatchObject({ listId: 'l1', sort: 'manual' })
  })

  test('a due filter narrows the days of Today and never widens them', () => {
    expect(viewQuery({ kind: 'today' }, { due: 'week' }, context)).toMatchObject({
      dueFrom: '2026-11-23',
      dueTo: '2026-11-23',
    })
    expect(viewQuery({ kind: 'today' }, { due: 'overdue' }, context)).toMatchObject({
      dueTo: '2026-11-23',
      dueBefore: 'now',
    })
  })

  test('a tag view with more tags takes all of them or any of them, and always its own', () => {
    const view = { kind: 'tag', tag: 'home' } as const
    expect(viewQuery(view, { tags: ['a', 'b'] }, context)).toMatchObject({ tagsAll: 'home', tagsAny: 'a,b' })
    expect(viewQuery(view, { tags: ['a', 'b'], tagMatch: 'all' }, context)).toMatchObject({ tagsAll: 'home,a,b' })
  })

  test('completed tasks are in the order of their completion until they are sorted by anything else', () => {
    const byCompletion = { sort: 'completed', order: 'desc' }
    for (const view of [{ kind: 'all' }, { kind: 'list', listId: 'l1' }] as const) {
      expect(viewQuery(view, { state: 'completed' }, context)).toMatchObject(byCompletion)
      expect(orderOf(view, { state: 'completed' })).toEqual(byCompletion)
      for (const sort of ['due', 'manual'] as const) {
        expect(viewQuery(view, { state: 'completed', sort }, context)).toMatchObject({ sort, order: 'asc' })
      }
    }
  })

  test.each([
    ['#home lamp', { tagsAll: 'Home', q: 'lamp' }],
    ['lamp #HOME #home', { tagsAll: 'Home', q: 'lamp' }],
    ['"the #home" lamp', { q: '"the #home" lamp' }],
    ['#hom lamp', { q: '#hom lamp' }],
    ['C# lamp', { q: 'C# lamp' }],
    ['#home', { tagsAll: 'Home', sort: 'due', order: 'asc' }],
  ])('“%s” is searched for with its tags', (q, asked) => {
    expect(viewQuery({ kind: 'search' }, { q }, context)).toEqual({ state: 'open', ...asked })
  })

  test('a tag that is searched for goes together with those of the filter bar', () => {
    const filters = { q: '#home', tags: ['a', 'b'] }
    expect(viewQuery({ kind: 'search' }, filters, context)).toMatchObject({ tagsAll: 'Home', tagsAny: 'a,b' })
    expect(completedQuery({ kind: 'search' }, filters, context)).toMatchObject({ tagsAll: 'Home', sort: 'completed' })
  })

  test('a search gives the best match first unless it is sorted', () => {
    expect(viewQuery({ kind: 'search' }, { q: 'rent' }, context)).not.toHaveProperty('sort')
    expect(viewQuery({ kind: 'search' }, { q: 'rent', sort: 'created' }, context)).toMatchObject({
      sort: 'created',
      order: 'desc',
    })
  })

  test('Today ends with what was completed today, whenever it was due', () => {
    const query = completedQuery({ kind: 'today' }, {}, context)
    expect(query).toMatchObject({ state: 'completed', completedFrom: '2026-11-23' })
    expect(query).not.toHaveProperty('dueTo')
  })

  test('a view that shows completed tasks among the others has no second section of them', () => {
    expect(completedQuery({ kind: 'all' }, { state: 'all' }, context)).toBeNull()
  })

  test('saving Today keeps its days as named ones, which move along', () => {
    expect(viewAsFilters({ kind: 'today' }, {}, context)).toEqual({ due: 'until-today' })
  })
})

test('a path names its view, with tags of any script', () => {
  expect(viewOfPath('/tag/caf%C3%A9')).toEqual({ kind: 'tag', tag: 'café' })
  expect(viewOfPath('/list/l1')).toEqual({ kind: 'list', listId: 'l1' })
  expect(viewOfPath('/settings')).toBeNull()
})
