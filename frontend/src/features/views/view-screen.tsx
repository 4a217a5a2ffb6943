import { useQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { useEffect } from 'react'
import { NothingHere } from '../../app/nothing-here.tsx'
import { filtersQuery, useOverview, useSavedFilters } from '../sidebar/overview.ts'
import { TaskList } from '../task-list/task-list.tsx'
import { QuickAdd } from '../quick-add/quick-add.tsx'
import { FilterBar } from './filter-bar.tsx'
import { useViewFilters } from './use-view-filters.ts'
import { useViewTitle, ViewHeader } from './view-header.tsx'
import { parseFilters, readSearch } from './view-filters.ts'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { useCurrentView } from './current-view.ts'
import { type View, viewKey } from './view.ts'

const DeletedLists = lazyNamed(() => import('../lists/deleted-lists.tsx'), 'DeletedLists')

/** The screen of whichever view the address names. */
export function CurrentViewScreen() {
  const view = useCurrentView()
  return view && <ViewScreen key={viewKey(view)} view={view} />
}

/** The dashboard: what is shown and how, quick add, and the tasks. */
function ViewScreen({ view }: { view: View }) {
  const title = useViewTitle(view)
  useEffect(() => {
    document.title = title ? `${title} · Todo Cloud` : 'Todo Cloud'
  }, [title])
  useSavedQuery(view)
  if (useIsGone(view)) return <NothingHere />
  return (
    <>
      <ViewHeader view={view} title={title} />
      {view.kind !== 'bin' && <FilterBar view={view} />}
      {view.kind !== 'bin' && view.kind !== 'search' && <QuickAdd view={view} />}
      {view.kind === 'bin' && <DeletedLists />}
      <TaskList view={view} />
    </>
  )
}

/** The address names a list or a saved filter that there is not, or no longer: it may be deleted in another window. */
function useIsGone(view: View): boolean {
  const lists = useOverview()?.lists
  const filters = useQuery(filtersQuery).data
  if (view.kind === 'list') return lists?.every((list) => list.id !== view.listId) ?? false
  return view.kind === 'filter' && (filters?.every((filter) => filter.id !== view.filterId) ?? false)
}

/** The address of a saved filter without a query stands for what was saved, until all of that is taken away. */
function useSavedQuery(view: View): void {
  const { filters, setFilters } = useViewFilters()
  const saved = useSavedFilters().find((filter) => view.kind === 'filter' && filter.id === view.filterId)?.query
  const { task: _task, ...rest } = filters
  const isChosen = useRouterState({ select: ({ location }) => location.state.isChosen === true })
  const isBare = Object.keys(rest).length === 0 && !isChosen
  useEffect(() => {
    if (isBare && saved) setFilters((current) => ({ ...parseFilters(readSearch(saved)), ...current }))
  }, [isBare, saved, setFilters])
}
