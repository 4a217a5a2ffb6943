import type { Task } from '@todo/model/task'
import { useCallback, useMemo, useState } from 'react'
import { useLatest } from '../../ui/use-latest.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { useTaskActions } from '../tasks/task-actions.ts'
import { quoted } from '../tasks/task-words.ts'
import type { RowActions } from './row-actions.ts'
import type { RowEditorKind } from './row-editor.tsx'
import type { useCursor } from './use-cursor.ts'
import type { useSelection } from './use-selection.ts'

export interface RowEditorState {
  kind: RowEditorKind
  taskId: string
  anchor: HTMLElement
}

interface ListParts {
  tasks: readonly Task[]
  selection: ReturnType<typeof useSelection>
  cursor: ReturnType<typeof useCursor>
  startDrag: RowActions['startDrag']
}

export type ListActions = ReturnType<typeof useListActions>

/** What rows and keys do, in one object that stays the same for as long as the list is on screen. */
export function useListActions(parts: ListParts) {
  const latest = useLatest(parts)
  const change = useTaskActions()
  const { openTask } = useOpenTask()
  const [editor, setEditor] = useState<RowEditorState | null>(null)
  const [renaming, setRenaming] = useState<string | null>(null)
  const closeEditor = useCallback(() => setEditor(null), [])

  const actions = useMemo<RowActions>(
    () => ({
      open: (task) => openTask(task.id),
      toggle: (task) => change.toggle([task]),
      edit: (kind, task, anchor) => setEditor({ kind, taskId: task.id, anchor }),
      rename: (task, title) => change.patch([task], { title }, `Renamed to ${quoted([{ title }])}`),
      startRename: (task) => setRenaming(task.id),
      endRename: () => setRenaming(null),
      restore: (task) => change.restore([task]),
      startDrag: (task, event) => latest.current.startDrag(task, event),
    }),
    [change, openTask, latest],
  )
  return { actions, change, editor, closeEditor, renaming }
}
