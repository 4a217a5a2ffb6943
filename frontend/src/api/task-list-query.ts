import type { Priority } from '@todo/model/task'
import type { TaskSort } from '@todo/model/query'

/** One list of tasks as the API is asked for it: the parameters of `GET /tasks` that are not paging. */
export interface TaskListQuery {
  listId?: string
  /** Comma-separated, as the URL carries them. */
  tagsAny?: string
  tagsAll?: string
  priority?: string
  state: 'open' | 'completed' | 'deleted' | 'all'
  dueFrom?: string
  dueTo?: string
  /** Sent as the moment when it is asked: the list stays the same one while time goes on. */
  dueBefore?: 'now'
  hasDue?: 'true' | 'false'
  recurring?: 'true' | 'false'
  completedFrom?: string
  q?: string
  sort?: TaskSort
  order?: 'asc' | 'desc'
}

export const words = (text: string | undefined): string[] => text?.split(',').filter((word) => word !== '') ?? []

export const PRIORITY_WEIGHT: Readonly<Record<Priority, number>> = { low: 0, medium: 1, high: 2 }
