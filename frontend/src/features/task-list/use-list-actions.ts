import type { Task } from '@todo/model/task'
import { type MouseEvent, useCallback, useMemo, useState } from 'react'
import { useLatest } from '../../ui/use-latest.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { useTaskActions } from '../tasks/task-actions.ts'
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
      rename: (task, title) => change.patch(task, { title }),
      startRename: (task) => setRenaming(task.id),
      endRename: () => setRenaming(null),
      restore: (task) => change.restore([task]),
      setCursor: (task) => latest.current.cursor.setCursor(task.id),
      startDrag: (task, event) => latest.current.startDrag(task, event),
      pick: (task, event) => pick(task, event, latest.current),
    }),
    [change, openTask, latest],
  )
  return { actions, change, editor, closeEditor, renaming }
}

function pick(task: Task, event: MouseEvent, { selection, cursor }: ListParts): boolean {
  if (event.shiftKey) {
    window.getSelection()?.removeAllRanges()
    selection.extendTo(task.id)
  } else if (event.metaKey || event.ctrlKey) selection.toggle(task.id)
  else return false
  cursor.setCursor(task.id)
  return true
}
