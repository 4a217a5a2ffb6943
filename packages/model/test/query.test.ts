import { expect, test } from 'vitest'
import { TaskQuery } from '../src/query.ts'

const id = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
const other = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f7'

test('no filter is the first 50 open tasks', () => {
  expect(TaskQuery.parse({})).toEqual({ state: 'open', limit: 50 })
})

test('a filter may be repeated, separated by commas, or both', () => {
  expect(TaskQuery.parse({ listId: [`${id},`, other.toUpperCase()] }).listId).toEqual([id, other])
  expect(TaskQuery.parse({ priority: 'high,low', tagsAny: 'home', tagsAll: ['a', 'b,c'] })).toMatchObject({
    priority: ['high', 'low'],
    tagsAny: ['home'],
    tagsAll: ['a', 'b', 'c'],
  })
})

test('numbers and truths come as text', () => {
  expect(TaskQuery.parse({ limit: '200', hasDue: 'false', recurring: 'true' })).toMatchObject({
    limit: 200,
    hasDue: false,
    recurring: true,
  })
})

test.each([
  [{ listId: 'inbox' }, 'listId.0'],
  [{ priority: 'urgent' }, 'priority.0'],
  [{ tagsAny: Array.from({ length: 51 }, () => 'a') }, 'tagsAny'],
  [{ state: 'done' }, 'state'],
  [{ sort: 'luck' }, 'sort'],
  [{ order: 'up' }, 'order'],
  [{ dueFrom: '2027-02-29' }, 'dueFrom'],
  [{ limit: '201' }, 'limit'],
  [{ hasDue: 'yes' }, 'hasDue'],
  [{ q: 'x'.repeat(201) }, 'q'],
])('%o is refused at its field', (input, field) => {
  expect(TaskQuery.safeParse(input).error?.issues[0]?.path.join('.')).toBe(field)
})

test('a parameter that nobody knows is refused', () => {
  expect(TaskQuery.safeParse({ lisId: id }).success).toBe(false)
})
