import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, isUnauthorized } from '../api/api-error.ts'

/**
 * The cache of what the server said. Nothing goes stale by itself: the live stream keeps it in step, and a
 * reconnect fetches afresh.
 */
export function createQueryClient(onUnauthorized: () => void): QueryClient {
  const onError = (error: Error) => {
    if (isUnauthorized(error)) onUnauthorized()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // A server on this machine answers without a network too; a change that waited for one unsaid would be lost.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: Infinity,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => error instanceof ApiError && error.isTemporary && failures < 2,
      },
    },
  })
}
