import type { Overview, SavedFilter } from '@todo/model/api'
import type { List } from '@todo/model/list'
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { createContext, createElement, type ReactNode, use } from 'react'
import { accountApi } from '../../api/account-api.ts'
import { filtersApi } from '../../api/lists-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { useToday } from '../dates/day-clock.tsx'

const overviewQuery = (today: string) =>
  queryOptions({
    queryKey: [...queryKeys.overview, today],
    queryFn: ({ signal }) => accountApi.overview(today, signal),
    placeholderData: keepPreviousData,
  })

export const filtersQuery = queryOptions({
  queryKey: queryKeys.filters,
  queryFn: async ({ signal }) => (await filtersApi.all(signal)).items,
})

/** Fetched once for the whole screen: thousands of chips and marks read it without watching the cache themselves. */
const OverviewContext = createContext<Overview | undefined>(undefined)
const PendingContext = createContext(true)

export function OverviewProvider({ children }: { children: ReactNode }) {
  const { data, isPending } = useQuery(overviewQuery(useToday()))
  return createElement(OverviewContext, { value: data }, createElement(PendingContext, { value: isPending }, children))
}

/** Whether they may still come: rows that are drawn before would grow by the names of their lists. */
export const useIsOverviewPending = (): boolean => use(PendingContext)

/** Lists, tags and counts; undefined until they have been fetched. */
export const useOverview = (): Overview | undefined => use(OverviewContext)

const NO_LISTS: readonly List[] = []
const NO_FILTERS: readonly SavedFilter[] = []

export const useLists = (): readonly List[] => useOverview()?.lists ?? NO_LISTS
export const useSavedFilters = (): readonly SavedFilter[] => useQuery(filtersQuery).data ?? NO_FILTERS

export function useListById(listId: string | undefined): List | undefined {
  return useLists().find((list) => list.id === listId)
}
