import type { Task } from '@todo/model/task'
import type { QueryClient } from '@tanstack/react-query'
import { queryKeys } from '../../api/query-keys.ts'
import type { TaskPages } from '../tasks/place-task.ts'

/**
 * Tells of each task that the cache takes in, by whatever way it comes: a notice, or a list that was fetched before the
 * notice was heard. Answers what ends it.
 */
export function watchArrivals(client: QueryClient, onTask: (task: Task) => void): () => void {
  return client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const [kind] = event.query.queryKey
    const data: unknown = event.query.state.data
    if (kind === TASK) onTask(data as Task)
    if (kind === TASK_LIST) for (const page of (data as TaskPages).pages) page.items.forEach(onTask)
  })
}

const [TASK_LIST] = queryKeys.taskLists
const [TASK] = queryKeys.task('')
