import CalendarDays from 'lucide-react/icons/calendar-days'
import CircleDot from 'lucide-react/icons/circle-dot'
import Flag from 'lucide-react/icons/flag'
import Tag from 'lucide-react/icons/tag'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { chipClass } from './chip-class.ts'
import { priorityEntries, stateEntries } from './filter-entries.ts'
import { useViewFilters } from './use-view-filters.ts'

const TagFilter = lazyNamed(() => import('./tag-filter.tsx'), 'TagFilter', { isNear: true })
const DueFilterPicker = lazyNamed(() => import('./due-filter-picker.tsx'), 'DueFilterPicker', { isNear: true })

/** The filters that are not on yet. */
export function FilterChoices() {
  const { filters, setFilters } = useViewFilters()
  const className = chipClass()
  return (
    <>
      {!filters.tags && (
        <PopoverButton
          popoverLabel="Filter by tags"
          className={className}
          content={() => <TagFilter filters={filters} setFilters={setFilters} />}
        >
          <Tag size={13} aria-hidden /> Tags
        </PopoverButton>
      )}
      {!filters.priorities && (
        <MenuButton
          menuLabel="Filter by priority"
          className={className}
          entries={() => priorityEntries(filters, setFilters)}
        >
          <Flag size={13} aria-hidden /> Priority
        </MenuButton>
      )}
      {!filters.due && (
        <PopoverButton
          popoverLabel="Filter by due date"
          className={className}
          content={(close) => <DueFilterPicker filters={filters} setFilters={setFilters} onDone={close} />}
        >
          <CalendarDays size={13} aria-hidden /> Due
        </PopoverButton>
      )}
      {!filters.state && (
        <MenuButton menuLabel="Filter by state" className={className} entries={() => stateEntries(filters, setFilters)}>
          <CircleDot size={13} aria-hidden /> State
        </MenuButton>
      )}
    </>
  )
}
