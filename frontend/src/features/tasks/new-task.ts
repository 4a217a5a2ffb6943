import type { Task } from '@todo/model/task'
import { newId } from '../../api/new-id.ts'
import type { NewTask } from '../../api/tasks-api.ts'

/** Sorts after every rank that fractional indexing makes: the end of the list, until the server has said where. */
const LAST_RANK = 'zzzzzzzz'

/** How a task that is being made looks until the server has answered. */
export function optimisticTask(draft: NewTask, inboxId: string, now: Date): Task {
  const at = now.toISOString()
  return {
    id: draft.id,
    listId: draft.listId ?? inboxId,
    title: draft.title.replace(/\s+/gu, ' ').trim(),
    notes: draft.notes ?? '',
    priority: draft.priority ?? 'medium',
    tags: draft.tags ?? [],
    due: draft.due ?? null,
    dueAt: null,
    recurrence: draft.recurrence
      ? { ...draft.recurrence, start: draft.recurrence.start ?? draft.due?.date ?? '' }
      : null,
    seriesId: null,
    occurrenceAt: null,
    occurrenceNumber: null,
    missedOccurrences: 0,
    following: null,
    skipped: false,
    reminders: (draft.reminders ?? []).map((reminder) => ({ ...reminder, id: reminder.id ?? newId() })),
    subtasks: (draft.subtasks ?? []).map((subtask) => ({ ...subtask, id: subtask.id ?? newId() })),
    rank: draft.rank ?? LAST_RANK,
    version: 0,
    createdAt: at,
    updatedAt: at,
    completedAt: null,
    deletedAt: null,
  }
}
