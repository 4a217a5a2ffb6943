import type { Task } from '@todo/model/task'

/** A task for tests: only what matters is said. */
export function aTask(fields: Partial<Task> = {}): Task {
  return {
    id: 'a0000000-0000-7000-8000-000000000001',
    listId: 'inbox',
    title: 'Pay rent',
    notes: '',
    priority: 'medium',
    tags: [],
    due: null,
    dueAt: null,
    recurrence: null,
    seriesId: null,
    occurrenceAt: null,
    occurrenceNumber: null,
    missedOccurrences: 0,
    following: null,
    skipped: false,
    reminders: [],
    subtasks: [],
    rank: 'a0',
    version: 1,
    createdAt: '2026-11-01T08:00:00.000Z',
    updatedAt: '2026-11-01T08:00:00.000Z',
    completedAt: null,
    deletedAt: null,
    ...fields,
  }
}

export const dueOn = (date: string, time: string | null = null, timeZone: string | null = null) => ({
  date,
  time,
  timeZone,
})
