import type { RowEditorKind } from './row-editor.tsx'

/** The button that changes one thing about all tasks that are picked: the keys of a row press it. */
export function bulkButton(kind: RowEditorKind): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[role="toolbar"] [data-bulk="${kind}"]`)
}
