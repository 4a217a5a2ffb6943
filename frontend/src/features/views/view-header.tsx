import { tagKey } from '@todo/model/tag-key'
import { useQueryClient } from '@tanstack/react-query'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { formatDay } from '../dates/describe-date.ts'
import { useListById, useOverview, useSavedFilters } from '../sidebar/overview.ts'
import { colorStyle } from '../tags/tag-color.ts'
import { useTaskPages } from '../task-list/use-task-pages.ts'
import { useViewFilters } from './use-view-filters.ts'
import { VIEW_NAMES, type View } from './view.ts'
import { completedQuery } from './view-query.ts'

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
        <h1 className="flex items-center gap-2.5 text-[22px] leading-tight font-[680] tracking-[-0.02em] md:text-xl">
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
  const overview = useOverview()
  const { today, locale } = useDayClock()
  const doneToday = useDoneToday(view)
  if (view.kind === 'bin') return 'What was deleted. Restore it, and it is back where it was.'
  if (view.kind === 'search') return 'Words, beginnings of words and “phrases”, in titles and notes.'
  if (!overview) return null
  if (view.kind !== 'today') return openCount(view, overview)
  const { today: due, overdue } = overview.counts
  const parts = [
    `${due - overdue} to do`,
    overdue > 0 && `${overdue} overdue`,
    doneToday > 0 && `${doneToday} done`,
  ].filter(Boolean)
  return `${formatDay(today, locale, { weekday: 'long', day: 'numeric', month: 'long' })} · ${parts.join(', ')}`
}

function openCount(view: View, { counts, lists, tags }: NonNullable<ReturnType<typeof useOverview>>): string {
  const tasks = (count: number | undefined) =>
    count === undefined ? '' : `${count.toLocaleString()} open ${count === 1 ? 'task' : 'tasks'}`
  if (view.kind === 'list') return tasks(lists.find((list) => list.id === view.listId)?.openTasks)
  if (view.kind === 'tag') {
    return tasks(tags.find((tag) => tagKey(tag.name) === tagKey(view.tag))?.openTasks ?? 0)
  }
  if (view.kind === 'inbox' || view.kind === 'upcoming' || view.kind === 'all') return tasks(counts[view.kind])
  return 'A view that you saved'
}

/** From the completed tasks that the list has fetched anyway. */
function useDoneToday(view: View): number {
  const client = useQueryClient()
  const { inboxId } = usePerson()
  const { today } = useDayClock()
  const { filters } = useViewFilters()
  const query = view.kind === 'today' ? completedQuery(view, filters, { today, inboxId }) : null
  return useTaskPages(client, query).tasks.length
}
