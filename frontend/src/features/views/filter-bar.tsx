import ArrowDown from 'lucide-react/icons/arrow-down-wide-narrow'
import Bookmark from 'lucide-react/icons/bookmark'
import { useDialogs } from '../../app/dialogs.tsx'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { usePerson } from '../account/person.ts'
import { useSavedFilters } from '../sidebar/overview.ts'
import { chipClass } from './chip-class.ts'
import { FilterChoices } from './filter-choices.tsx'
import { useViewFilters } from './use-view-filters.ts'
import { isFiltered, parseFilters, readSearch, savableParams, SORTS } from './view-filters.ts'
import { orderOf, viewAsFilters } from './view-query.ts'
import { ViewMenuButton } from './view-menu-button.tsx'
import type { View } from './view.ts'

const ActiveFilters = lazyNamed(() => import('./active-filters.tsx'), 'ActiveFilters')

/** What is on and what can be, and the order. The address holds it all. */
export function FilterBar({ view }: { view: View }) {
  const { filters } = useViewFilters()
  const canSave = useCanSave(view)
  return (
    <div
      role="group"
      aria-label="Filters and order"
      className="relative mt-4 mb-5 flex gap-1.5 max-sm:-mx-4 max-sm:overflow-x-auto max-sm:px-4 max-sm:[scrollbar-width:none] max-sm:[&>*]:shrink-0 max-sm:[&_.chip-whole>svg]:hidden sm:flex-wrap"
    >
      {(filters.lists || filters.recurring) && <ActiveFilters />}
      <FilterChoices view={view} />
      <SortButton view={view} />
      {canSave && <SaveButton view={view} />}
    </div>
  )
}

/** Whether a view says more than its name, and is not saved just so already. */
function useCanSave(view: View): boolean {
  const { filters } = useViewFilters()
  const saved = useSavedFilters().find(({ id }) => view.kind === 'filter' && id === view.filterId)
  if (saved && savableParams(parseFilters(readSearch(saved.query))) === savableParams(filters)) return false
  return isFiltered(filters) || filters.sort !== undefined || filters.q !== undefined
}

function SortButton({ view }: { view: View }) {
  const { filters } = useViewFilters()
  const order = orderOf(view, filters)
  const name = order ? SORTS[order.sort] : 'Best match'
  const direction = order && (order.order === 'asc' ? ', ascending' : ', descending')
  return (
    <ViewMenuButton of="order" view={view} className={chipClass()}>
      <ArrowDown size={13} aria-hidden className={order?.order === 'asc' ? '-scale-y-100' : ''} />
      <span className="sr-only">Sorted by</span>
      {name}
      <span className="sr-only">{direction}</span>
    </ViewMenuButton>
  )
}

function SaveButton({ view }: { view: View }) {
  const { filters } = useViewFilters()
  const { open } = useDialogs()
  const { inboxId } = usePerson()
  const save = () => open({ kind: 'save-filter', query: savableParams(viewAsFilters(view, filters, { inboxId })) })
  return (
    <button type="button" className={chipClass('quiet')} onClick={save}>
      <Bookmark size={13} aria-hidden /> Save this view
    </button>
  )
}
