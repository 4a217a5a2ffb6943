import type { MenuEntry } from '../../ui/anchored-menu.tsx'
import { PRIORITIES, PRIORITY_NAMES } from '../tasks/priority.ts'
import { withoutFilter } from './use-view-filters.ts'
import { type Sort, SORTS, sortsOf, type ViewFilters } from './view-filters.ts'
import { defaultOrder, naturalDirection, orderOf } from './view-query.ts'
import type { View } from './view.ts'

type SetFilters = (change: (filters: ViewFilters) => ViewFilters) => void

export function priorityEntries({ priorities = [] }: ViewFilters, setFilters: SetFilters): MenuEntry[] {
  return PRIORITIES.map((priority) => ({
    label: PRIORITY_NAMES[priority],
    isChecked: priorities.includes(priority),
    staysOpen: true,
    onSelect: () => {
      const next = PRIORITIES.filter((other) => (other === priority) !== priorities.includes(other))
      setFilters((filters) => {
        const rest = withoutFilter(filters, 'priorities')
        return next.length > 0 ? { ...rest, priorities: next } : rest
      })
    },
  }))
}

export function stateEntries({ state }: ViewFilters, setFilters: SetFilters): MenuEntry[] {
  const set = (next: ViewFilters['state']) => () =>
    setFilters((filters) => (next ? { ...filters, state: next } : withoutFilter(filters, 'state')))
  return [
    { label: 'Open', isChecked: state === undefined, onSelect: set(undefined) },
    { label: 'Completed', isChecked: state === 'completed', onSelect: set('completed') },
    { label: 'Open and completed', isChecked: state === 'all', onSelect: set('all') },
  ]
}

/** Every order with its tick, then its direction. The view's own order is not written into the address. */
export function sortEntries(view: View, filters: ViewFilters, setFilters: SetFilters): MenuEntry[] {
  const current = orderOf(view, filters)
  const sortBy = (sort: Sort, order: 'asc' | 'desc') => () =>
    setFilters((all) => {
      const { sort: _sort, order: _order, ...rest } = all
      const own = defaultOrder(view, all)
      if (own?.sort === sort && own.order === order) return rest
      return { ...rest, sort, ...(order === naturalDirection(sort) ? {} : { order }) }
    })
  const entries: MenuEntry[] = sortsOf(filters.state).map((sort) => ({
    label: SORTS[sort],
    isChecked: current?.sort === sort,
    onSelect: sortBy(sort, naturalDirection(sort)),
  }))
  if (view.kind === 'search') {
    entries.unshift({
      label: 'Best match',
      isChecked: current === null,
      onSelect: () => setFilters(({ sort: _sort, order: _order, ...rest }) => rest),
    })
  }
  if (!current || current.sort === 'manual') return entries
  const direction = (order: 'asc' | 'desc', label: string): MenuEntry => ({
    label,
    isChecked: current.order === order,
    onSelect: sortBy(current.sort, order),
  })
  return [
    ...entries,
    { separator: 'direction' },
    direction('asc', DIRECTIONS[current.sort][0]),
    direction('desc', DIRECTIONS[current.sort][1]),
  ]
}

const DIRECTIONS: Readonly<Record<Sort, readonly [string, string]>> = {
  due: ['Earliest first', 'Latest first'],
  priority: ['Low first', 'High first'],
  created: ['Oldest first', 'Newest first'],
  title: ['A to Z', 'Z to A'],
  manual: ['As arranged', 'Reversed'],
  completed: ['First done first', 'Last done first'],
}
