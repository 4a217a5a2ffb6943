import type { MyAddress } from '@todo/model/api'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { request } from '../../api/http.ts'
import { queryKeys } from '../../api/query-keys.ts'

/** The address of the person, and the one that is theirs once its link is followed. Fetched afresh with the profile. */
export const addressQuery = queryOptions({
  queryKey: [...queryKeys.profile, 'email'],
  queryFn: ({ signal }) => request<MyAddress>('GET', '/api/v1/me/email', { signal }),
})

/** Takes the address whose link was followed. @param token of the link */
export function useTakeAddress(token: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => request<MyAddress>('POST', '/api/v1/me/email', { body: { token } }),
    onSuccess: (address) => {
      client.setQueryData(addressQuery.queryKey, address)
      void client.invalidateQueries({ queryKey: queryKeys.profile, exact: true })
    },
  })
}
