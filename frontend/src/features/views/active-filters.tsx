import type { ReactNode } from 'react'
import { ClearButton } from '../../ui/clear-button.tsx'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { formatDay } from '../dates/describe-date.ts'
import { useLists } from '../sidebar/overview.ts'
import { PRIORITY_NAMES } from '../tasks/priority.ts'
import { chipClass, chipPartClass } from './chip-class.ts'
import { priorityEntries, stateEntries } from './filter-entries.ts'
import { useViewFilters, withoutFilter } from './use-view-filters.ts'
import { DUE_RANGES, type DueFilter, type ViewFilters } from './view-filters.ts'

const TagFilter = lazyNamed(() => import('./tag-filter.tsx'), 'TagFilter', { isNear: true })
const DueFilterPicker = lazyNamed(() => import('./due-filter-picker.tsx'), 'DueFilterPicker', { isNear: true })

/** The filters that are on, each as a chip: a click changes it, the cross takes it away. */
export function ActiveFilters() {
  const { filters, setFilters } = useViewFilters()
  const lists = useLists()
  const { locale } = useDayClock()
  const remove =
    (...names: (keyof ViewFilters)[]) =>
    () =>
      setFilters((current) => names.reduce<ViewFilters>((rest, name) => withoutFilter(rest, name), current))
  const listNames = filters.lists?.map((listId) => lists.find((list) => list.id === listId)?.name ?? '…').join(', ')
  return (
    <>
      {listNames && <FilterChip label={`In ${listNames}`} onRemove={remove('lists')} edit={null} />}
      {filters.tags && (
        <FilterChip
          label={tagsLabel(filters)}
          onRemove={remove('tags', 'tagMatch')}
          edit={{
            popover: 'Filter by tags',
            content: () => <TagFilter filters={filters} setFilters={setFilters} />,
          }}
        />
      )}
      {filters.priorities && (
        <FilterChip
          label={filters.priorities.map((priority) => PRIORITY_NAMES[priority]).join(', ')}
          onRemove={remove('priorities')}
          edit={{ menu: 'Filter by priority', entries: () => priorityEntries(filters, setFilters) }}
        />
      )}
      {filters.due && (
        <FilterChip
          label={`Due: ${dueLabel(filters.due, locale)}`}
          onRemove={remove('due')}
          edit={{
            popover: 'Filter by due date',
            content: (close) => <DueFilterPicker filters={filters} setFilters={setFilters} onDone={close} />,
          }}
        />
      )}
      {filters.state && (
        <FilterChip
          label={filters.state === 'completed' ? 'Completed' : 'Open and completed'}
          onRemove={remove('state')}
          edit={{ menu: 'Filter by state', entries: () => stateEntries(filters, setFilters) }}
        />
      )}
      {filters.recurring && <FilterChip label="Recurring" onRemove={remove('recurring')} edit={null} />}
    </>
  )
}

type Edit =
  | { popover: string; content: (close: () => void) => ReactNode }
  | { menu: string; entries: React.ComponentProps<typeof MenuButton>['entries'] }
  | null

function FilterChip({ label, edit, onRemove }: { label: string; edit: Edit; onRemove: () => void }) {
  const text = <bdi className="truncate">{label}</bdi>
  const buttonClass = `${chipPartClass} truncate underline-offset-2 hover:underline`
  return (
    <span className={`${chipClass('on')} !pe-1`}>
      {edit === null && text}
      {edit !== null && 'popover' in edit && (
        <PopoverButton popoverLabel={edit.popover} content={edit.content} className={buttonClass}>
          {text}
        </PopoverButton>
      )}
      {edit !== null && 'menu' in edit && (
        <MenuButton menuLabel={edit.menu} entries={edit.entries} className={buttonClass}>
          {text}
        </MenuButton>
      )}
      <ClearButton label={`Remove filter ${label}`} onClick={onRemove} />
    </span>
  )
}

function tagsLabel({ tags = [], tagMatch }: ViewFilters): string {
  return tags.map((tag) => `#${tag}`).join(tagMatch === 'all' ? ' and ' : ' or ')
}

function dueLabel(due: DueFilter, locale: string): string {
  if (typeof due === 'string') return DUE_RANGES[due].toLowerCase()
  const day = (date: string) => formatDay(date, locale, { day: 'numeric', month: 'short' })
  if (due.from && due.to) return due.from === due.to ? day(due.from) : `${day(due.from)} – ${day(due.to)}`
  return due.from ? `from ${day(due.from)}` : `until ${day(due.to ?? '')}`
}
