import { useQuery, useQueryClient } from '@tanstack/react-query'
import SearchX from 'lucide-react/icons/search-x'
import { ApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Modal } from '../../ui/modal.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { taskQuery } from '../tasks/task-list-queries.ts'
import { taskCache } from '../tasks/task-cache.ts'
import { useOpenTask } from './open-task.ts'
import { TaskEditor } from './task-editor.tsx'

/** The task of the address, to be read and changed. */
export function EditTaskModal({ taskId }: { taskId: string }) {
  const client = useQueryClient()
  const { closeTask } = useOpenTask()
  const {
    data: task,
    error,
    refetch,
  } = useQuery({
    ...taskQuery(client, taskId),
    initialData: () => taskCache(client).find(taskId),
  })
  if (task) return <TaskEditor task={task} />
  const isMissing = error instanceof ApiError && (error.status === 404 || error.status === 400)
  return (
    <Modal title="Task" hidesTitle onClose={closeTask}>
      {isMissing && (
        <EmptyState
          icon={<SearchX size={22} />}
          title="This task is not there"
          action={<Button onClick={closeTask}>Close</Button>}
        >
          It was deleted for good, or the link belongs to somebody else.
        </EmptyState>
      )}
      {error && !isMissing && (
        <ErrorState error={error} title="The task could not be loaded" onRetry={() => void refetch()} />
      )}
      {!error && (
        <div role="status" aria-label="Loading the task" className="grid gap-4 p-6">
          <Skeleton className="h-7 w-2/3" />
          {Array.from({ length: 5 }, (_, index) => (
            <Skeleton key={index} className="h-9 w-full" />
          ))}
        </div>
      )}
    </Modal>
  )
}
