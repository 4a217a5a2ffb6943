import type { Task } from '@todo/model/task'
import { createContext, use } from 'react'
import type { RowEditorKind } from './row-editor.tsx'

/** What a row can ask of its list. The object never changes, so that rows are drawn again only for their own sake. */
export interface RowActions {
  open: (task: Task) => void
  toggle: (task: Task) => void
  edit: (kind: RowEditorKind, task: Task, anchor: HTMLElement) => void
  rename: (task: Task, title: string) => void
  startRename: (task: Task) => void
  endRename: (task: Task) => void
  restore: (task: Task) => void
  startDrag: (task: Task, event: React.PointerEvent) => void
}

export const RowActionsContext = createContext<RowActions | null>(null)

export function useRowActions(): RowActions {
  const actions = use(RowActionsContext)
  if (!actions) throw new Error('useRowActions needs a list of tasks around it')
  return actions
}
