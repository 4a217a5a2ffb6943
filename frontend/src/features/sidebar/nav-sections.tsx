import { useQuery } from '@tanstack/react-query'
import CalendarDays from 'lucide-react/icons/calendar-days'
import Bookmark from 'lucide-react/icons/bookmark'
import Hash from 'lucide-react/icons/hash'
import Inbox from 'lucide-react/icons/inbox'
import ListTodo from 'lucide-react/icons/list'
import Plus from 'lucide-react/icons/plus'
import Settings from 'lucide-react/icons/settings'
import Sun from 'lucide-react/icons/sun'
import Trash from 'lucide-react/icons/trash-2'
import { useDialogs } from '../../app/dialogs.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { colorStyle } from '../tags/tag-color.ts'
import { useTagColor } from '../tags/tag-chip.tsx'
import { readSearch } from '../views/view-filters.ts'
import { NavRow, NavSection } from './nav-row.tsx'
import { filtersQuery, useIsOverviewPending, useOverview, useSavedFilters } from './overview.ts'

const ListMenu = lazyNamed(() => import('../lists/list-menu.tsx'), 'ListMenu')
const FilterMenu = lazyNamed(() => import('../views/filter-menu.tsx'), 'FilterMenu')
const TagMenu = lazyNamed(() => import('../tags/tag-menu.tsx'), 'TagMenu')

/** Views, lists, tags and saved filters with their counts: in the sidebar, and in the sheet of a phone. */
export function NavSections({ onNavigate }: { onNavigate?: () => void }) {
  const { open } = useDialogs()
  const counts = useOverview()?.counts
  const row = { onNavigate }
  const lateNote = counts && `${counts.today} to do, ${counts.overdue} overdue`
  return (
    <>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-px">
        <NavRow {...row} to="/inbox" icon={<Inbox />} label="Inbox" count={counts?.inbox} />
        <NavRow
          {...row}
          to="/today"
          icon={<Sun />}
          label="Today"
          count={counts?.today}
          isLate={(counts?.overdue ?? 0) > 0}
          {...(lateNote && { countLabel: lateNote })}
        />
        <NavRow {...row} to="/upcoming" icon={<CalendarDays />} label="Upcoming" count={counts?.upcoming} />
        <NavRow {...row} to="/all" icon={<ListTodo />} label="All tasks" count={counts?.all} />
      </div>
      <NavSection
        title="Lists"
        action={
          <IconButton
            label="New list"
            tipSide="end"
            className="!size-6 !rounded-control pointer-coarse:!size-9"
            onClick={() => open({ kind: 'list' })}
          >
            <Plus size={15} />
          </IconButton>
        }
      >
        <ListRows {...row} />
      </NavSection>
      <LowerSections {...row} />
    </>
  )
}

interface RowsProps {
  onNavigate: (() => void) | undefined
}

function ListRows({ onNavigate }: RowsProps) {
  const overview = useOverview()
  if (!overview) return Array.from({ length: 3 }, (_, index) => <Skeleton key={index} className="mx-2 my-1.5 h-5" />)
  const lists = overview.lists.filter((list) => !list.isInbox)
  if (lists.length === 0) {
    return <p className="px-2 py-1 text-xs text-ink-2">Make lists for the parts of your life: Work, Home, a trip.</p>
  }
  return lists.map((list) => (
    <NavRow
      key={list.id}
      to="/list/$listId"
      params={{ listId: list.id }}
      icon={
        <span aria-hidden style={colorStyle(list.color)} className="mx-[3.5px] size-[9px] shrink-0 rounded-[3px] dot" />
      }
      label={list.name}
      count={list.openTasks}
      menu={<ListMenu list={list} />}
      onNavigate={onNavigate}
    />
  ))
}

/** What the lists would push down when they come: it comes with them. */
function LowerSections(row: RowsProps) {
  const isFilterPending = useQuery(filtersQuery).isPending
  if (useIsOverviewPending() || isFilterPending) return null
  return (
    <>
      <FilterRows {...row} />
      <TagRows {...row} />
      <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-px pt-2">
        <NavRow {...row} to="/bin" icon={<Trash />} label="Bin" />
        <NavRow {...row} to="/settings" icon={<Settings />} label="Settings" />
      </div>
    </>
  )
}

function FilterRows({ onNavigate }: RowsProps) {
  const filters = useSavedFilters()
  if (filters.length === 0) return null
  return (
    <NavSection title="Saved filters">
      {filters.map((filter) => (
        <NavRow
          key={filter.id}
          to="/filter/$filterId"
          params={{ filterId: filter.id }}
          search={readSearch(filter.query)}
          icon={<Bookmark />}
          label={filter.name}
          menu={<FilterMenu filter={filter} />}
          onNavigate={onNavigate}
        />
      ))}
    </NavSection>
  )
}

function TagRows({ onNavigate }: RowsProps) {
  const tags = useOverview()?.tags ?? []
  if (tags.length === 0) return null
  return (
    <NavSection title="Tags">
      {tags.map((tag) => (
        <NavRow
          key={tag.name}
          to="/tag/$tag"
          params={{ tag: tag.name }}
          icon={<TagHash name={tag.name} />}
          label={tag.name}
          count={tag.openTasks}
          menu={<TagMenu name={tag.name} />}
          onNavigate={onNavigate}
        />
      ))}
    </NavSection>
  )
}

function TagHash({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      style={colorStyle(useTagColor(name))}
      className="grid size-4 shrink-0 place-items-center rounded-tiny tint"
    >
      <Hash size={11} strokeWidth={2.4} />
    </span>
  )
}
