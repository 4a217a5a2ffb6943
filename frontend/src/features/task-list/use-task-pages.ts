import type { Task } from '@todo/model/task'
import { type QueryClient, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { TaskListQuery } from '../../api/task-list-query.ts'
import { taskListQuery } from '../tasks/task-list-queries.ts'

const NOTHING: readonly Task[] = []

/** The loaded tasks of a list and the way to more of them; null asks for nothing. */
export function useTaskPages(client: QueryClient, query: TaskListQuery | null) {
  const isOff = query === null
  const result = useInfiniteQuery({
    ...taskListQuery(client, query ?? { state: 'open' }),
    enabled: !isOff,
  })
  const { data } = result
  const tasks = useMemo(() => (isOff ? NOTHING : (data?.pages.flatMap((page) => page.items) ?? NOTHING)), [data, isOff])
  return { ...result, tasks }
}
