import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import { filterParams, parseFilters, type ViewFilters } from './view-filters.ts'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The person has chosen these filters, or that there are none. */
    isChosen?: boolean
  }
}

/** The filters, the sort and the open task as the address holds them, and the way to change them. */
export function useViewFilters() {
  const params = useSearch({ strict: false }) as Record<string, string>
  const navigate = useNavigate()
  const filters = useMemo(() => parseFilters(params), [params])
  const setFilters = useCallback(
    (change: (filters: ViewFilters) => ViewFilters) =>
      void navigate({
        to: '.',
        search: (current: Record<string, string | undefined>) => filterParams(change(parseFilters(current))),
        replace: true,
        resetScroll: false,
        state: { isChosen: true },
      }),
    [navigate],
  )
  return { filters, setFilters }
}

/** The filters without the one that is given. */
export function withoutFilter<K extends keyof ViewFilters>(filters: ViewFilters, name: K): Omit<ViewFilters, K> {
  const { [name]: _removed, ...rest } = filters
  return rest
}
