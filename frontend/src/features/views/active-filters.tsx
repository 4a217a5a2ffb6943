import { ClearButton } from '../../ui/clear-button.tsx'
import { useLists } from '../sidebar/overview.ts'
import { chipClass } from './chip-class.ts'
import { useViewFilters, withoutFilter } from './use-view-filters.ts'
import type { ViewFilters } from './view-filters.ts'

/** The filters that come with a view and cannot be chosen here: each as a chip with a cross that takes it away. */
export function ActiveFilters() {
  const { filters, setFilters } = useViewFilters()
  const lists = useLists()
  const remove = (name: keyof ViewFilters) => () => setFilters((current) => withoutFilter(current, name))
  const listNames = filters.lists?.map((listId) => lists.find((list) => list.id === listId)?.name ?? '…').join(', ')
  return (
    <>
      {listNames && <FilterChip label={`In ${listNames}`} onRemove={remove('lists')} />}
      {filters.recurring && <FilterChip label="Recurring" onRemove={remove('recurring')} />}
    </>
  )
}

function FilterChip({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span className={`${chipClass('on')} !pe-1`}>
      <bdi className="truncate">{label}</bdi>
      <ClearButton label={`Remove filter ${label}`} onClick={onRemove} />
    </span>
  )
}
