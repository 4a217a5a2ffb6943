import type { Overview } from '@todo/model/api'
import type { InfiniteData, QueryClient } from '@tanstack/react-query'
import type { NotificationPage } from '../../api/account-api.ts'
import { queryKeys } from '../../api/query-keys.ts'

/** Marks notifications as read on screen, all of them when no ids are given, until the server has counted. */
export function markRead(client: QueryClient, ids: readonly string[] | undefined, readAt: string): void {
  const isMeant = (id: string) => ids === undefined || ids.includes(id)
  client.setQueryData<InfiniteData<NotificationPage>>(
    queryKeys.notifications,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          items: page.items.map((item) => (item.readAt === null && isMeant(item.id) ? { ...item, readAt } : item)),
        })),
      },
  )
  client.setQueriesData<Overview>(
    { queryKey: queryKeys.overview },
    (overview) =>
      overview && {
        ...overview,
        unreadNotifications: ids === undefined ? 0 : Math.max(0, overview.unreadNotifications - ids.length),
      },
  )
}
