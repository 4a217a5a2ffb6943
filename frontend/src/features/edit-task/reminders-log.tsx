import type { Delivery } from '@todo/model/api'
import { useQuery } from '@tanstack/react-query'
import { queryKeys } from '../../api/query-keys.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { classNames } from '../../ui/class-names.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { CHANNEL_NAMES } from '../channels/channel-words.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { formatInstant } from '../dates/describe-date.ts'
import { LinesSkeleton } from '../../ui/lines-skeleton.tsx'

/** Of an endpoint what the person calls it: two of a kind are told apart. */
function channelOf({ channel, channelName }: Delivery): string {
  if (channel === 'email' || channel === 'in-app') return CHANNEL_NAMES[channel]
  return `${CHANNEL_NAMES[channel]}: ${channelName ?? 'a channel that was removed'}`
}

const STATES: Readonly<Record<Delivery['status'], { word: string; tone: string }>> = {
  delivered: { word: 'delivered', tone: 'bg-accent-soft text-accent-ink' },
  retrying: { word: 'trying again', tone: 'bg-medium-soft text-medium-ink' },
  failed: { word: 'failed', tone: 'bg-high-soft text-high-ink' },
}

/** What became of each reminder, by each channel. */
export function RemindersLog({ taskId }: { taskId: string }) {
  const clock = useDayClock()
  const deliveries = useQuery({
    queryKey: queryKeys.deliveries(taskId),
    queryFn: async ({ signal }) => (await tasksApi.deliveries(taskId, signal)).items,
    staleTime: 0,
  })
  if (deliveries.isPending) return <LinesSkeleton />
  if (deliveries.isError) {
    return (
      <ErrorState
        error={deliveries.error}
        title="The log could not be loaded"
        onRetry={() => void deliveries.refetch()}
      />
    )
  }
  if (deliveries.data.length === 0) {
    return (
      <p className="py-6 text-center text-s text-ink-2">
        No reminder has come due yet. What was sent, and what failed, is kept here.
      </p>
    )
  }
  const moment = (instant: string) => formatInstant(instant, clock.timeZone, clock.locale)
  return (
    <ol aria-label="Deliveries of reminders" className="grid gap-3">
      {deliveries.data.map((delivery) => (
        <li key={delivery.id} className="grid gap-0.5 text-s">
          <span className="flex flex-wrap items-center gap-2">
            <bdi className="min-w-0 font-medium [overflow-wrap:anywhere]">{channelOf(delivery)}</bdi>
            <span className={classNames('rounded-[5px] px-1.5 text-xs font-medium', STATES[delivery.status].tone)}>
              {STATES[delivery.status].word}
            </span>
            <time dateTime={delivery.at} className="ms-auto text-xs text-ink-2">
              {moment(delivery.at)}
            </time>
          </span>
          <span className="text-xs text-ink-2 [overflow-wrap:anywhere]">
            Set for {moment(delivery.remindAt)}
            {delivery.attempt > 1 && `, attempt ${delivery.attempt}`}
            {delivery.error && `. ${delivery.error}`}
            {delivery.retryAt && `. Next attempt ${moment(delivery.retryAt)}`}
          </span>
        </li>
      ))}
    </ol>
  )
}
