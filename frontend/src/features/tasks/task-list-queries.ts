import type { Task } from '@todo/model/task'
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import type { TaskPage } from '@todo/model/api'
import { queryKeys } from '../../api/query-keys.ts'
import type { TaskListQuery } from '../../api/task-list-query.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { titleRules } from './compare-tasks.ts'
import { taskCache } from './task-cache.ts'

/** A list of tasks in pages, with the changes laid over it that the server has not answered yet. */
export const taskListQuery = (client: QueryClient, query: TaskListQuery) =>
  infiniteQueryOptions({
    queryKey: queryKeys.taskList(query),
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const order = query.sort === 'title' && titleRules.preload()
      const page = await tasksApi.page(query, pageParam, signal)
      await order
      return overlay(client, page)
    },
    getNextPageParam: (page: TaskPage) => page.nextCursor ?? undefined,
    // With each minute another task may be late.
    ...(query.dueBefore === undefined ? {} : { refetchInterval: 60_000 }),
    // While words are being typed, the results for the ones before stay.
    ...(query.q === undefined ? {} : { placeholderData: keepPreviousData<InfiniteData<TaskPage, string | undefined>> }),
  })

export const taskQuery = (client: QueryClient, taskId: string) =>
  queryOptions({
    queryKey: queryKeys.task(taskId),
    queryFn: async ({ signal }): Promise<Task> => {
      const task = await tasksApi.get(taskId, signal)
      return taskCache(client).pending.rebase(task) ?? task
    },
  })

function overlay(client: QueryClient, page: TaskPage): TaskPage {
  const { pending } = taskCache(client)
  return { ...page, items: page.items.flatMap((task) => pending.rebase(task) ?? []) }
}
