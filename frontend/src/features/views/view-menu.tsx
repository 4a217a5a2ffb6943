import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import { priorityEntries, sortEntries, stateEntries } from './filter-entries.ts'
import { useViewFilters } from './use-view-filters.ts'
import type { View } from './view.ts'

export interface ViewMenuProps {
  of: 'order' | 'priority' | 'state'
  view: View
  anchor: HTMLElement
  onClose: () => void
}

const NAMES = { order: 'Sort by', priority: 'Filter by priority', state: 'Filter by state' } as const

/** What a view is sorted by, or what it shows of all its tasks. */
export function ViewMenu({ of, view, ...menu }: ViewMenuProps) {
  const { filters, setFilters } = useViewFilters()
  const entries = {
    order: () => sortEntries(view, filters, setFilters),
    priority: () => priorityEntries(filters, setFilters),
    state: () => stateEntries(filters, setFilters),
  }[of]
  return <AnchoredMenu {...menu} label={NAMES[of]} entries={entries()} />
}
