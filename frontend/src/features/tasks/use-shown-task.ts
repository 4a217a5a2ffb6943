import type { Task } from '@todo/model/task'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useSyncExternalStore } from 'react'
import { queryKeys } from '../../api/query-keys.ts'

/** A task as the lists on screen have it now; undefined where it is not, or no longer, there. Asks nobody for it. */
export function useShownTask(taskId: string): Task | undefined {
  const client = useQueryClient()
  const listen = useCallback((onChange: () => void) => client.getQueryCache().subscribe(onChange), [client])
  return useSyncExternalStore(listen, () => client.getQueryData<Task>(queryKeys.task(taskId)))
}
