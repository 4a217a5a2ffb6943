import { useInfiniteQuery } from '@tanstack/react-query'
import { accountApi } from '../../api/account-api.ts'
import { queryKeys } from '../../api/query-keys.ts'

export function useNotifications() {
  return useInfiniteQuery({
    queryKey: queryKeys.notifications,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => accountApi.notifications(pageParam, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}
