import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { TaskRowsSkeleton } from '../../app/app-skeleton.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { useHasRecurrenceWords } from '../recurrence/recurrence-words.ts'
import { useIsOverviewPending } from '../sidebar/overview.ts'
import { useQueryContext } from '../views/query-context.ts'
import { completedQuery, orderOf, viewQuery } from '../views/view-query.ts'
import { useViewFilters } from '../views/use-view-filters.ts'
import { filterParams, parseFilters, readSearch, type ViewFilters, writeSearch } from '../views/view-filters.ts'
import type { View } from '../views/view.ts'
import { useTaskPages } from './use-task-pages.ts'
import { groupingOf, viewItems } from './view-items.ts'
import { VirtualTasks } from './virtual-tasks.tsx'

const EmptyView = lazyNamed(() => import('./empty-view.tsx'), 'EmptyView')

/** The tasks of a view: fetched page by page, grouped, with the completed ones at the end. */
export function TaskList({ view }: { view: View }) {
  const { filters, setFilters } = useViewFilters()
  const clock = useDayClock()
  const { main, completed } = useViewPages(view)
  const hasWords = useHasRecurrenceWords()
  const isOverviewPending = useIsOverviewPending()
  const items = useMemo(
    () =>
      viewItems(
        { tasks: main.tasks, hasNextPage: main.hasNextPage, grouping: groupingOf(view, filters) },
        { tasks: completed.tasks, hasNextPage: completed.hasNextPage, isShown: filters.done === true },
        clock,
      ),
    [view, filters, main.tasks, main.hasNextPage, completed.tasks, completed.hasNextPage, clock],
  )
  if (view.kind === 'search' && !filters.q) {
    return <EmptyView view={view} />
  }
  const lacksWords = !hasWords && main.tasks.some((task) => task.recurrence)
  if (main.isPending || isOverviewPending || lacksWords) return <TaskRowsSkeleton />
  if (main.isError && main.tasks.length === 0) {
    return <ErrorState error={main.error} title="The tasks could not be loaded" onRetry={() => void main.refetch()} />
  }
  return (
    <>
      {main.tasks.length === 0 && <EmptyView view={view} doneCount={completed.tasks.length} />}
      <VirtualTasks
        view={view}
        items={items}
        isManual={
          orderOf(view, filters)?.sort === 'manual' && orderOf(view, filters)?.order === 'asc' && !filters.state
        }
        onNeedMore={(section) => {
          const pages = section === 'main' ? main : completed
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
        }}
        onToggleCompleted={() => setFilters(({ done, ...rest }) => (done ? rest : { ...rest, done: true }))}
      />
    </>
  )
}

function useViewPages(view: View) {
  const client = useQueryClient()
  const filters = useAskedFilters()
  const context = useQueryContext()
  const queries = useMemo(() => {
    if (view.kind === 'search' && !filters.q) return { main: null, completed: null }
    return { main: viewQuery(view, filters, context), completed: completedQuery(view, filters, context) }
  }, [view, filters, context])
  return { main: useTaskPages(client, queries.main), completed: useTaskPages(client, queries.completed) }
}

/** The filters that decide what is asked for: opening a task or unfolding a section leaves them the same object. */
function useAskedFilters(): ViewFilters {
  const { task: _task, done: _done, ...asked } = useViewFilters().filters
  const search = writeSearch(filterParams(asked))
  return useMemo(() => parseFilters(readSearch(search)), [search])
}
