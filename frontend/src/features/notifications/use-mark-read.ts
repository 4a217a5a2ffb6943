import { useMutation, useQueryClient } from '@tanstack/react-query'
import { accountApi } from '../../api/account-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { markRead } from './mark-read.ts'

/** Marks notifications as read, all of them when no ids are given. */
export function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (ids: string[] | undefined) => accountApi.markNotifications(ids, true),
    onMutate: (ids) => markRead(client, ids, new Date().toISOString()),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: queryKeys.overview })
      void client.invalidateQueries({ queryKey: queryKeys.notifications })
    },
  })
}
