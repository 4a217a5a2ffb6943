import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { queryKeys } from '../src/api/query-keys.ts'
import { watchArrivals } from '../src/features/live/arrivals.ts'
import { aTask } from './a-task.ts'

test('a task that comes alone or in a list that was fetched is told of, until it is not wanted any more', () => {
  const client = new QueryClient()
  const arrived: string[] = []
  const stop = watchArrivals(client, ({ title }: Task) => arrived.push(title))
  const query = { state: 'open', sort: 'due', order: 'asc' } as never
  client.setQueryData(queryKeys.task('a'), aTask({ title: 'Alone' }))
  client.setQueryData(queryKeys.taskList(query), {
    pages: [
      { items: [aTask({ title: 'First' })], nextCursor: 'x' },
      { items: [aTask({ title: 'Second' })], nextCursor: null },
    ],
    pageParams: [null, 'x'],
  })
  client.setQueryData(queryKeys.overview, { counts: {} })
  stop()
  client.setQueryData(queryKeys.task('b'), aTask({ title: 'Later' }))
  expect(arrived).toEqual(['Alone', 'First', 'Second'])
})
