import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Task } from '@todo/model/task'
import { queryKeys } from '../src/api/query-keys.ts'
import type { TaskListQuery } from '../src/api/task-list-query.ts'
import { changeTasks } from '../src/features/tasks/change-tasks.ts'
import type { TaskPages } from '../src/features/tasks/place-task.ts'
import { TaskCache } from '../src/features/tasks/task-cache.ts'
import { aTask } from './a-task.ts'

const OPEN: TaskListQuery = { state: 'open', sort: 'due', order: 'asc' }
const DONE: TaskListQuery = { state: 'completed', sort: 'completed', order: 'desc' }
const LINGER_MS = 420

describe('a completed task', () => {
  const task = aTask({ title: 'Pay the rent' })
  let client: QueryClient
  let cache: TaskCache

  beforeEach(() => {
    vi.useFakeTimers()
    client = new QueryClient()
    cache = new TaskCache(client)
    client.setQueryData(queryKeys.taskList(OPEN), pageOf([task]))
    client.setQueryData(queryKeys.taskList(DONE), pageOf([]))
  })
  afterEach(() => vi.useRealTimers())

  const shown = (query: TaskListQuery) =>
    client.getQueryData<TaskPages>(queryKeys.taskList(query))?.pages.flatMap((page) => page.items) ?? []
  const complete = (send: () => Promise<readonly Task[]>) =>
    changeTasks(cache, {
      taskIds: [task.id],
      apply: (current) => current && { ...current, completedAt: new Date().toISOString() },
      send,
      refused: '',
      lingerMs: LINGER_MS,
      silent: true,
    })

  test('stays in its place for a moment with its tick, then is among the done', async () => {
    const done = { ...task, version: 2, completedAt: new Date().toISOString() }
    await complete(async () => [done])
    expect(shown(OPEN)).toEqual([done])
    expect(shown(DONE)).toEqual([])
    vi.advanceTimersByTime(LINGER_MS)
    expect(shown(OPEN)).toEqual([])
    expect(shown(DONE)).toEqual([done])
  })

  test('that the server refuses is open again, and not among the done for a moment', async () => {
    const answer = complete(() => Promise.reject(new Error('refused')))
    expect(shown(OPEN)[0]?.completedAt).not.toBeNull()
    expect(shown(DONE)).toEqual([])
    await expect(answer).rejects.toThrow('refused')
    expect(shown(OPEN)).toEqual([task])
    expect(shown(DONE)).toEqual([])
    vi.advanceTimersByTime(LINGER_MS)
    expect(shown(OPEN)).toEqual([task])
    expect(shown(DONE)).toEqual([])
  })

  test('that the server refuses after its moment leaves the done at once', async () => {
    let refuse = (_reason: Error) => {}
    const answer = complete(() => new Promise((_resolve, reject) => (refuse = reject)))
    vi.advanceTimersByTime(LINGER_MS)
    expect(shown(DONE)).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(0)
    refuse(new Error('refused'))
    await expect(answer).rejects.toThrow('refused')
    expect(shown(OPEN)).toEqual([task])
    expect(shown(DONE)).toEqual([])
  })
})

describe('what is known of a task', () => {
  const task = aTask({ title: 'Pay the rent' })

  test('is the newest: a change begins with what a list was told since the task was shown last', () => {
    const client = new QueryClient()
    const cache = new TaskCache(client)
    cache.show(task)
    const moved = { ...task, version: 2, title: 'Pay the higher rent' }
    client.setQueryData(queryKeys.taskList(OPEN), pageOf([moved]))
    expect(cache.find(task.id)).toEqual(moved)
    cache.show({ ...moved, version: 3 })
    expect(cache.find(task.id)?.version).toBe(3)
  })

  test('is laid over a list that was read before it changed and arrives after', async () => {
    const client = new QueryClient()
    const cache = new TaskCache(client)
    const [gone, made] = [aTask({ id: 'gone' }), aTask({ id: 'made', title: 'Made meanwhile' })]
    let answer = (_page: TaskPages['pages'][number]) => {}
    const list = client.fetchInfiniteQuery({
      queryKey: queryKeys.taskList(OPEN),
      queryFn: () => new Promise<TaskPages['pages'][number]>((resolve) => (answer = resolve)),
      initialPageParam: undefined as string | undefined,
    })
    await Promise.resolve()
    const changed = { ...task, version: 2, title: 'Pay the higher rent' }
    cache.receive(changed)
    cache.receive(made)
    cache.forget(gone.id)
    answer({ items: [task, gone], nextCursor: null })
    await list
    const shown = () => client.getQueryData<TaskPages>(queryKeys.taskList(OPEN))?.pages[0]?.items
    await vi.waitFor(() => expect(shown()?.map(({ title }) => title)).toEqual([changed.title, made.title]))
  })
})

function pageOf(items: Task[]): TaskPages {
  return { pages: [{ items, nextCursor: null }], pageParams: [undefined] }
}
