import type { Overview } from '@todo/model/api'
import { tagKey } from '@todo/model/tag-key'
import { useQueryClient } from '@tanstack/react-query'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { formatDay } from '../dates/describe-date.ts'
import { useListById, useOverview, useSavedFilters } from '../sidebar/overview.ts'
import { colorStyle } from '../tags/tag-color.ts'
import { useTaskPages } from '../task-list/use-task-pages.ts'
import { useQueryContext } from './query-context.ts'
import { useViewFilters } from './use-view-filters.ts'
import { VIEW_NAMES, type View } from './view.ts'
import { isFiltered } from './view-filters.ts'
import { completedQuery, viewQuery } from './view-query.ts'

const ListMenu = lazyNamed(() => import('../lists/list-menu.tsx'), 'ListMenu')

export function useViewTitle(view: View): string {
  const list = useListById(view.kind === 'list' ? view.listId : undefined)
  const filters = useSavedFilters()
  if (view.kind === 'list') return list?.name ?? ''
  if (view.kind === 'tag') return `#${view.tag}`
  if (view.kind === 'filter') return filters.find((filter) => filter.id === view.filterId)?.name ?? 'Filter'
  return VIEW_NAMES[view.kind]
}

export function ViewHeader({ view, title }: { view: View; title: string }) {
  const list = useListById(view.kind === 'list' ? view.listId : undefined)
  return (
    <header className="flex items-start gap-2 pt-1">
      <div className="min-w-0 flex-1">
        <h1 className="flex items-center gap-2.5 text-[1.375rem] leading-tight font-[680] tracking-[-0.02em] md:text-xl">
          {list && <span aria-hidden style={colorStyle(list.color)} className="size-3 shrink-0 rounded-tiny dot" />}
          <span dir="auto" className="min-w-0 [overflow-wrap:anywhere]">
            {title || '…'}
          </span>
        </h1>
        <p className="mt-1 min-h-5 text-s text-ink-2">
          <Subtitle view={view} />
        </p>
      </div>
      {list && !list.isInbox && <ListMenu list={list} className="" />}
    </header>
  )
}

function Subtitle({ view }: { view: View }) {
  const { filters } = useViewFilters()
  if (view.kind === 'bin') return 'What was deleted. Restore it, and it is back where it was.'
  if (filters.q || isFiltered(filters)) return <Matches view={view} />
  if (view.kind === 'search') return 'Words, beginnings of words and “phrases”, in titles and notes, and #tags.'
  return view.kind === 'today' ? <TodayCounts /> : <OpenCount view={view} />
}

/** How many of the view's tasks the list shows: the counts of the sidebar know of no filters. */
function Matches({ view }: { view: View }) {
  const { isPending, isError, hasNextPage, tasks } = useTasksOf(viewQuery, view)
  const { locale } = useDayClock()
  if (isPending || (isError && tasks.length === 0)) return null
  const count = `${tasks.length.toLocaleString(locale)}${hasNextPage ? '+' : ''}`
  return `${count} ${tasks.length === 1 ? 'task matches' : 'tasks match'}`
}

function TodayCounts() {
  const counts = useOverview()?.counts
  const { today, locale } = useDayClock()
  // The completed tasks have been fetched for the list anyway.
  const doneToday = useTasksOf(completedQuery, TODAY).tasks.length
  if (!counts) return null
  const parts = [
    `${counts.today - counts.overdue} to do`,
    counts.overdue > 0 && `${counts.overdue} overdue`,
    doneToday > 0 && `${doneToday} done`,
  ].filter(Boolean)
  return `${formatDay(today, locale, { weekday: 'long', day: 'numeric', month: 'long' })} · ${parts.join(', ')}`
}

function OpenCount({ view }: { view: View }) {
  const overview = useOverview()
  const { locale } = useDayClock()
  const count = overview && openCount(view, overview)
  if (view.kind === 'filter') return 'A view that you saved'
  return count === undefined ? null : `${count.toLocaleString(locale)} open ${count === 1 ? 'task' : 'tasks'}`
}

function openCount(view: View, { counts, lists, tags }: Overview): number | undefined {
  if (view.kind === 'list') return lists.find((list) => list.id === view.listId)?.openTasks
  if (view.kind === 'tag') return tags.find((tag) => tagKey(tag.name) === tagKey(view.tag))?.openTasks ?? 0
  return view.kind === 'inbox' || view.kind === 'upcoming' || view.kind === 'all' ? counts[view.kind] : undefined
}

const TODAY: View = { kind: 'today' }

function useTasksOf(queryOf: typeof completedQuery, view: View) {
  const client = useQueryClient()
  const { filters } = useViewFilters()
  return useTaskPages(client, queryOf(view, filters, useQueryContext()))
}
