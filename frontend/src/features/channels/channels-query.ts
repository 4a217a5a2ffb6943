import type { Channel, ChannelList } from '@todo/model/channels'
import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { channelsApi } from '../../api/channels-api.ts'
import { queryKeys } from '../../api/query-keys.ts'

export const channelsQuery = queryOptions({
  queryKey: queryKeys.channels,
  queryFn: ({ signal }) => channelsApi.list(signal),
})

/** Changes the channels on the screen; answers what puts them back. */
export function changeChannels(client: QueryClient, change: (items: readonly Channel[]) => Channel[]): () => void {
  const before = client.getQueryData<ChannelList>(queryKeys.channels)
  client.setQueryData<ChannelList>(queryKeys.channels, (list) => list && { ...list, items: change(list.items) })
  return () => client.setQueryData(queryKeys.channels, before)
}
