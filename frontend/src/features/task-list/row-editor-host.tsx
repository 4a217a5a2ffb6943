import type { Task } from '@todo/model/task'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { Opening } from '../../ui/opening.tsx'
import { taskQuery } from '../tasks/task-list-queries.ts'
import { taskCache } from '../tasks/task-cache.ts'
import type { RowEditorState } from './use-list-actions.ts'

const RowEditor = lazyNamed(() => import('./row-editor.tsx'), 'RowEditor', { Waiting: Opening, isNear: true })

interface RowEditorHostProps {
  state: RowEditorState | null
  onClose: () => void
  onRename: (task: Task) => void
  onPick: (task: Task) => void
}

/** One popover for all rows: it hangs on the part that was clicked and shows the task as it is now. */
export function RowEditorHost({ state, onClose, onRename, onPick }: RowEditorHostProps) {
  const client = useQueryClient()
  const taskId = state?.taskId ?? ''
  const { data: task } = useQuery({
    ...taskQuery(client, taskId),
    enabled: state !== null,
    initialData: () => taskCache(client).find(taskId),
  })
  if (!state || !task) return null
  return (
    <RowEditor
      kind={state.kind}
      task={task}
      anchor={state.anchor}
      onClose={onClose}
      onRename={() => onRename(task)}
      onPick={() => onPick(task)}
    />
  )
}
