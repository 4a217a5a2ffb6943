import type { TaskPage } from '@todo/model/api'
import { describe, expect, test } from 'vitest'
import type { TaskListQuery } from '../src/api/task-list-query.ts'
import { insertTask, removeTask, replaceTask, type TaskPages } from '../src/features/tasks/place-task.ts'
import { aTask, dueOn } from './a-task.ts'

const manual: TaskListQuery = { state: 'open', sort: 'manual', order: 'asc' }
const task = (id: string, rank: string) => aTask({ id, rank, title: id })

function pages(...ids: string[][]): TaskPages {
  const items = ids.map((page) => page.map((id) => task(id, id)))
  const last = items.length - 1
  const made: TaskPage[] = items.map((page, index) => ({ items: page, nextCursor: index === last ? null : 'next' }))
  return { pages: made, pageParams: made.map(() => undefined) }
}

const ids = (data: TaskPages) => data.pages.map((page) => page.items.map(({ id }) => id).join(''))

describe('a task in a list of pages', () => {
  test('is put where the order wants it', () => {
    expect(ids(insertTask(pages(['a', 'c'], ['e']), task('b', 'b'), manual, 'UTC'))).toEqual(['abc', 'e'])
  })

  test('moves to its new place and is never there twice', () => {
    expect(ids(insertTask(pages(['a', 'b'], ['c']), task('a', 'd'), manual, 'UTC'))).toEqual(['b', 'ca'])
  })

  test('past the last loaded page waits for its page', () => {
    const data = pages(['a', 'b'])
    data.pages[0]!.nextCursor = 'more'
    expect(ids(insertTask(data, task('z', 'z'), manual, 'UTC'))).toEqual(['ab'])
  })

  test('that did not move is swapped in place, and other pages stay the same objects', () => {
    const data = pages(['a', 'b'], ['c'])
    const next = insertTask(data, { ...task('c', 'c'), title: 'new' }, manual, 'UTC')
    expect(next.pages[1]!.items[0]!.title).toBe('new')
    expect(next.pages[0]).toBe(data.pages[0])
  })

  test('that is not there changes nothing', () => {
    const data = pages(['a'])
    expect(removeTask(data, 'x')).toBe(data)
    expect(replaceTask(data, task('x', 'x'))).toBe(data)
  })

  test('without a due date comes last, earliest or latest first', () => {
    const dated = aTask({ id: 'dated', due: dueOn('2026-12-01') })
    const undated = aTask({ id: 'undated' })
    for (const order of ['asc', 'desc'] as const) {
      const query: TaskListQuery = { state: 'open', sort: 'due', order }
      const data = insertTask(insertTask(pages([]), undated, query, 'UTC'), dated, query, 'UTC')
      expect(data.pages[0]!.items.map(({ id }) => id)).toEqual(['dated', 'undated'])
    }
  })
})
