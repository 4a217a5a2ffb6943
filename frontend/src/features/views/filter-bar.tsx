import ArrowDown from 'lucide-react/icons/arrow-down-wide-narrow'
import Bookmark from 'lucide-react/icons/bookmark'
import CalendarDays from 'lucide-react/icons/calendar-days'
import CircleDot from 'lucide-react/icons/circle-dot'
import Flag from 'lucide-react/icons/flag'
import Tag from 'lucide-react/icons/tag'
import { Suspense } from 'react'
import { useDialogs } from '../../app/dialogs.tsx'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { usePerson } from '../account/person.ts'
import { chipClass } from './chip-class.ts'
import { priorityEntries, sortEntries, stateEntries } from './filter-entries.ts'
import { useViewFilters } from './use-view-filters.ts'
import { isFiltered, savableParams, SORTS } from './view-filters.ts'
import { orderOf, viewAsFilters } from './view-query.ts'
import type { View } from './view.ts'

const ActiveFilters = lazyNamed(() => import('./active-filters.tsx'), 'ActiveFilters')
const TagFilter = lazyNamed(() => import('./tag-filter.tsx'), 'TagFilter')
const DueFilterPicker = lazyNamed(() => import('./due-filter-picker.tsx'), 'DueFilterPicker')

/** What is on: removable chips. What can be: buttons that open the choices. The address holds it all. */
export function FilterBar({ view }: { view: View }) {
  const { filters, setFilters } = useViewFilters()
  const { open } = useDialogs()
  const { inboxId } = usePerson()
  const order = orderOf(view, filters)
  const isChanged = isFiltered(filters) || filters.sort !== undefined || filters.q !== undefined
  return (
    <div
      role="group"
      aria-label="Filters and order"
      className="mt-4 mb-5 flex gap-1.5 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:[scrollbar-width:none] max-sm:[&>*]:shrink-0 sm:flex-wrap"
    >
      {isFiltered(filters) && (
        <Suspense>
          <ActiveFilters />
        </Suspense>
      )}
      {!filters.tags && (
        <PopoverButton
          popoverLabel="Filter by tags"
          className={chipClass()}
          content={() => <TagFilter filters={filters} setFilters={setFilters} />}
        >
          <Tag size={13} aria-hidden /> Tags
        </PopoverButton>
      )}
      {!filters.priorities && (
        <MenuButton
          menuLabel="Filter by priority"
          className={chipClass()}
          entries={() => priorityEntries(filters, setFilters)}
        >
          <Flag size={13} aria-hidden /> Priority
        </MenuButton>
      )}
      {!filters.due && (
        <PopoverButton
          popoverLabel="Filter by due date"
          className={chipClass()}
          content={(close) => <DueFilterPicker filters={filters} setFilters={setFilters} onDone={close} />}
        >
          <CalendarDays size={13} aria-hidden /> Due
        </PopoverButton>
      )}
      {!filters.state && (
        <MenuButton
          menuLabel="Filter by state"
          className={chipClass()}
          entries={() => stateEntries(filters, setFilters)}
        >
          <CircleDot size={13} aria-hidden /> State
        </MenuButton>
      )}
      <MenuButton
        menuLabel="Sort by"
        aria-label={
          order
            ? `Sorted by ${SORTS[order.sort]}, ${order.order === 'asc' ? 'ascending' : 'descending'}`
            : 'Sorted by best match'
        }
        className={chipClass()}
        entries={() => sortEntries(view, filters, setFilters)}
      >
        <ArrowDown size={13} aria-hidden className={order?.order === 'asc' ? '-scale-y-100' : ''} />
        {order ? SORTS[order.sort] : 'Best match'}
      </MenuButton>
      {isChanged && (
        <button
          type="button"
          className={chipClass('quiet')}
          onClick={() => open({ kind: 'save-filter', query: savableParams(viewAsFilters(view, filters, { inboxId })) })}
        >
          <Bookmark size={13} aria-hidden /> Save this view
        </button>
      )}
    </div>
  )
}
