import CalendarDays from 'lucide-react/icons/calendar-days'
import CircleDot from 'lucide-react/icons/circle-dot'
import Flag from 'lucide-react/icons/flag'
import Tag from 'lucide-react/icons/tag'
import type { ReactNode } from 'react'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { PRIORITY_NAMES } from '../tasks/priority.ts'
import { ChoiceChip } from './choice-chip.tsx'
import { dueWords, tagsWords } from './filter-words.ts'
import { useViewFilters, withoutFilter } from './use-view-filters.ts'
import type { ViewFilters } from './view-filters.ts'
import { ViewMenuButton } from './view-menu-button.tsx'
import type { View } from './view.ts'

const TagFilter = lazyNamed(() => import('./tag-filter.tsx'), 'TagFilter', { isNear: true })
const DueFilterPicker = lazyNamed(() => import('./due-filter-picker.tsx'), 'DueFilterPicker', { isNear: true })

/** What can be filtered by. What is on says so and has a cross that takes it away. */
export function FilterChoices({ view }: { view: View }) {
  const { filters, setFilters } = useViewFilters()
  const { locale } = useDayClock()
  const { tags, priorities, due, state } = filters
  const chip = (icon: ReactNode, label: string, value: string | undefined, names: readonly (keyof ViewFilters)[]) => ({
    icon,
    label,
    value,
    isPlainValue: true,
    clearLabel: `Remove filter ${value}`,
    onClear: () =>
      setFilters((current) => names.reduce<ViewFilters>((rest, name) => withoutFilter(rest, name), current)),
  })
  return (
    <>
      <ChoiceChip {...chip(<Tag aria-hidden />, 'Tags', tags && tagsWords(filters), ['tags', 'tagMatch'])}>
        {(button) => (
          <PopoverButton
            {...button}
            popoverLabel="Filter by tags"
            content={() => <TagFilter filters={filters} setFilters={setFilters} />}
          />
        )}
      </ChoiceChip>
      <ChoiceChip
        {...chip(<Flag aria-hidden />, 'Priority', priorities?.map((priority) => PRIORITY_NAMES[priority]).join(', '), [
          'priorities',
        ])}
      >
        {(button) => <ViewMenuButton {...button} of="priority" view={view} />}
      </ChoiceChip>
      <ChoiceChip {...chip(<CalendarDays aria-hidden />, 'Due', due && `Due: ${dueWords(due, locale)}`, ['due'])}>
        {(button) => (
          <PopoverButton
            {...button}
            popoverLabel="Filter by due date"
            content={(close) => <DueFilterPicker filters={filters} setFilters={setFilters} onDone={close} />}
          />
        )}
      </ChoiceChip>
      <ChoiceChip
        {...chip(
          <CircleDot aria-hidden />,
          'State',
          state && (state === 'completed' ? 'Completed' : 'Open and completed'),
          ['state'],
        )}
      >
        {(button) => <ViewMenuButton {...button} of="state" view={view} />}
      </ChoiceChip>
    </>
  )
}
