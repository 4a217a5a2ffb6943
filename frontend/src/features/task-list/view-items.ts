import type { Task } from '@todo/model/task'
import type { ViewFilters } from '../views/view-filters.ts'
import { orderOf } from '../views/view-query.ts'
import type { View } from '../views/view.ts'
import type { DueContext } from '../dates/due-phrase.ts'
import { type Grouping, groupTasks, type ListItem } from './list-items.ts'

/** How a view is cut into groups: only where its tasks are in the order of their days. */
export function groupingOf(view: View, filters: ViewFilters): Grouping {
  const order = orderOf(view, filters)
  if (view.kind === 'bin' || filters.state || order?.sort !== 'due' || order.order === 'desc') return 'none'
  if (view.kind === 'upcoming') return 'day'
  return view.kind === 'today' ? 'overdue-today' : 'period'
}

interface Section {
  tasks: readonly Task[]
  hasNextPage: boolean
}

/** Everything that the list draws, top to bottom: groups, tasks, and the completed ones at the end. */
export function viewItems(
  main: Section & { grouping: Grouping },
  completed: (Section & { isShown: boolean }) | null,
  context: DueContext,
): ListItem[] {
  const items = groupTasks(main.tasks, main.grouping, context)
  if (main.hasNextPage) items.push({ kind: 'more', key: 'more-main', section: 'main' })
  if (!completed || completed.tasks.length === 0) return items
  const { tasks, hasNextPage, isShown } = completed
  items.push({ kind: 'completed-toggle', key: 'completed', count: tasks.length, hasMore: hasNextPage, isShown })
  if (!isShown) return items
  for (const task of tasks) items.push({ kind: 'task', key: `done-${task.id}`, task, section: 'completed' })
  if (hasNextPage) items.push({ kind: 'more', key: 'more-completed', section: 'completed' })
  return items
}
