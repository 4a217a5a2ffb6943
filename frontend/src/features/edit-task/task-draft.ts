import type { PatchTask, Task } from '@todo/model/task'

/** The fields that the dialog edits. */
export type TaskDraft = Pick<
  Task,
  'title' | 'notes' | 'priority' | 'tags' | 'due' | 'recurrence' | 'reminders' | 'subtasks' | 'listId'
>
export type DraftField = keyof TaskDraft

export const FIELD_NAMES: Readonly<Record<DraftField, string>> = {
  title: 'Title',
  notes: 'Notes',
  priority: 'Priority',
  tags: 'Tags',
  due: 'Due date',
  recurrence: 'Recurrence',
  reminders: 'Reminders',
  subtasks: 'Subtasks',
  listId: 'List',
}
const DRAFT_FIELDS = Object.keys(FIELD_NAMES) as DraftField[]

export function draftOf(task: TaskDraft): TaskDraft {
  return Object.fromEntries(DRAFT_FIELDS.map((field) => [field, task[field]])) as TaskDraft
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

export function changedFields(base: TaskDraft, draft: TaskDraft): DraftField[] {
  return DRAFT_FIELDS.filter((field) => !isSame(base[field], draft[field]))
}

/** Only what was changed is sent: a field that is not there is not touched. */
export function patchOf(base: TaskDraft, draft: TaskDraft): PatchTask {
  return Object.fromEntries(changedFields(base, draft).map((field) => [field, draft[field]]))
}

/**
 * A draft over a newer state of its task. What only one side changed is taken from that side; what both changed,
 * differently, is a conflict, and the draft keeps what was typed.
 */
export function rebaseDraft(
  base: TaskDraft,
  draft: TaskDraft,
  current: TaskDraft,
): { draft: TaskDraft; conflicts: DraftField[] } {
  const conflicts: DraftField[] = []
  const merged = DRAFT_FIELDS.map((field) => {
    const isMine = !isSame(base[field], draft[field])
    const isTheirs = !isSame(base[field], current[field])
    if (isMine && isTheirs && !isSame(draft[field], current[field])) conflicts.push(field)
    return [field, isMine ? draft[field] : current[field]]
  })
  return { draft: Object.fromEntries(merged) as TaskDraft, conflicts }
}
