import type { ChannelList } from '@todo/model/channels'
import { useQuery } from '@tanstack/react-query'
import { queryKeys } from '../../api/query-keys.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AddChannel } from './add-channel.tsx'
import { ChannelCard } from './channel-card.tsx'
import { channelsQuery } from './channels-query.ts'
import { pushObstacle } from './push-support.ts'
import { pushHere } from './this-device.ts'

/** The ways to reach the person: what each leads to, whether it works, and new ones. */
export function ChannelsSection() {
  const channels = useQuery(channelsQuery)
  if (channels.isError) {
    return (
      <ErrorState
        error={channels.error}
        title="The channels could not be loaded"
        onRetry={() => void channels.refetch()}
      />
    )
  }
  return channels.data ? <Channels list={channels.data} /> : <ChannelsSkeleton />
}

function Channels({ list: { items, pushKey } }: { list: ChannelList }) {
  const obstacle = pushObstacle()
  const { data: here, isLoading } = useQuery({
    queryKey: queryKeys.thisDevice,
    queryFn: pushHere,
    enabled: obstacle === null,
    // Another tab, or the settings of the browser, may have changed it.
    staleTime: 0,
    refetchOnWindowFocus: true,
  })
  // So that no button comes and goes.
  if (isLoading) return <ChannelsSkeleton />
  const hereId = items.find(({ id }) => id === here?.channelId)?.id
  return (
    <>
      <ul aria-label="Channels" className="-my-1 grid divide-y divide-line">
        {items.map((channel) => (
          <ChannelCard key={channel.id} channel={channel} isHere={channel.id === hereId} />
        ))}
      </ul>
      <AddChannel pushKey={pushKey} obstacle={obstacle} isPushHere={hereId !== undefined} />
    </>
  )
}

/** As high as the two that everybody has. */
function ChannelsSkeleton() {
  return (
    <div role="status" aria-label="Loading channels" className="grid gap-6 py-2">
      {[0, 1].map((index) => (
        <div key={index} className="flex gap-3">
          <Skeleton className="size-9 shrink-0" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-1/3" />
            <Skeleton className="h-3 w-1/2" />
          </div>
        </div>
      ))}
      <Skeleton className="h-9 w-40" />
    </div>
  )
}
