import type { TaskDraft } from './task-draft.ts'

/** Edits that were not saved, kept for this tab: they outlive a closed dialog, a reload and a new sign-in. */
export interface KeptDraft {
  base: TaskDraft
  draft: TaskDraft
  version: number
}

const key = (taskId: string): string => `draft ${taskId}`
const wanted = new Set<string>()

export function keepDraft(taskId: string, kept: KeptDraft): void {
  sessionStorage.setItem(key(taskId), JSON.stringify(kept))
}

export function keptDraft(taskId: string): KeptDraft | null {
  const text = sessionStorage.getItem(key(taskId))
  return text === null ? null : (JSON.parse(text) as KeptDraft)
}

export function dropDraft(taskId: string): void {
  sessionStorage.removeItem(key(taskId))
}

/** The person asked to go on editing: the dialog takes up the kept draft without asking again. */
export const wantDraft = (taskId: string): void => void wanted.add(taskId)
export const isDraftWanted = (taskId: string): boolean => wanted.delete(taskId)
