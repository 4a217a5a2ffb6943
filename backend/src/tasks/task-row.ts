import { PRIORITIES } from '@todo/model/task'
import type { Due, Priority, Recurrence, Reminder, Subtask, Task } from '@todo/model/task'

/** The columns of a task in the order of the API's fields; `t` is the table. */
export const TASK_COLUMNS = `
  t.id, t.list_id, t.title, t.notes, t.priority, t.tags, t.due_date, t.due_time, t.due_zone, t.due_at, t.recurrence,
  t.series_id, t.occurrence_at, t.occurrence_number, t.missed_occurrences, t.following, t.skipped, t.reminders, t.subtasks, t.rank, t.version,
  t.created_at, t.updated_at, t.completed_at, t.deleted_at`

/** A row of these columns, as the driver gives it. */
export interface TaskRow {
  id: string
  list_id: string
  title: string
  notes: string
  priority: number
  tags: string[]
  due_date: string | null
  due_time: string | null
  due_zone: string | null
  due_at: string | null
  recurrence: StoredRecurrence | null
  series_id: string | null
  occurrence_at: string | null
  occurrence_number: number | null
  missed_occurrences: number
  following: Task['following']
  skipped: boolean
  reminders: Reminder[]
  subtasks: Subtask[]
  rank: string
  version: number
  created_at: string
  updated_at: string
  completed_at: string | null
  deleted_at: string | null
}

/** Rows from before there were additions have none. */
type StoredRecurrence = Omit<Recurrence, 'additions'> & Partial<Recurrence>

const NO_DATES = { additions: [] }

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    listId: row.list_id,
    title: row.title,
    notes: row.notes,
    priority: PRIORITIES[row.priority - 1]!,
    tags: row.tags,
    due: row.due_date === null ? null : { date: row.due_date, time: row.due_time, timeZone: row.due_zone },
    dueAt: row.due_at,
    recurrence: row.recurrence && { ...NO_DATES, ...row.recurrence },
    seriesId: row.series_id,
    occurrenceAt: row.occurrence_at,
    occurrenceNumber: row.occurrence_number,
    missedOccurrences: row.missed_occurrences,
    following: row.following,
    skipped: row.skipped,
    reminders: row.reminders,
    subtasks: row.subtasks,
    rank: row.rank,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    completedAt: row.completed_at,
    deletedAt: row.deleted_at,
  }
}

/** 1 low, 2 medium, 3 high: so that it sorts. */
export function priorityNumber(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1
}

export function dueColumns(due: Due | null): Pick<TaskRow, 'due_date' | 'due_time' | 'due_zone'> {
  return { due_date: due?.date ?? null, due_time: due?.time ?? null, due_zone: due?.timeZone ?? null }
}

/** Every column that a change of the task can touch, but for what the database keeps by itself. */
export function writableColumns(task: Task) {
  return {
    list_id: task.listId,
    title: task.title,
    notes: task.notes,
    priority: priorityNumber(task.priority),
    tags: task.tags,
    ...dueColumns(task.due),
    due_at: task.dueAt,
    recurrence: task.recurrence === null ? null : JSON.stringify(task.recurrence),
    series_id: task.seriesId,
    occurrence_at: task.occurrenceAt,
    occurrence_number: task.occurrenceNumber,
    missed_occurrences: task.missedOccurrences,
    following: task.following === null ? null : JSON.stringify(task.following),
    skipped: task.skipped,
    reminders: JSON.stringify(task.reminders),
    subtasks: JSON.stringify(task.subtasks),
    rank: task.rank,
    version: task.version,
    updated_at: task.updatedAt,
    completed_at: task.completedAt,
    deleted_at: task.deletedAt,
  }
}
