import { useInfiniteQuery } from '@tanstack/react-query'
import { queryKeys } from '../../api/query-keys.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LinesSkeleton } from '../../ui/lines-skeleton.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { describeAgo, formatInstant } from '../dates/describe-date.ts'
import { useLists } from '../sidebar/overview.ts'
import { describeValue } from './describe-value.ts'
import { historySentences } from './history-words.ts'

/** Who changed what and when, newest first. */
export function HistoryTab({ taskId }: { taskId: string }) {
  const clock = useDayClock()
  const lists = useLists()
  const history = useInfiniteQuery({
    queryKey: queryKeys.history(taskId),
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => tasksApi.history(taskId, pageParam, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    staleTime: 0,
  })
  if (history.isPending) return <LinesSkeleton />
  if (history.isError) {
    return (
      <ErrorState
        error={history.error}
        title="The history could not be loaded"
        onRetry={() => void history.refetch()}
      />
    )
  }
  const entries = history.data.pages.flatMap((page) => page.items)
  if (entries.length === 0)
    return <p className="py-6 text-center text-s text-ink-2">The history begins with the next change.</p>
  const say = (field: string, value: unknown) => describeValue(field, value, { lists, clock })
  return (
    <>
      <ol aria-label="History" className="grid gap-3">
        {entries.map((entry) => (
          <li key={entry.id} className="flex items-baseline gap-3 text-s">
            <span aria-hidden className="size-1.5 shrink-0 -translate-y-0.5 rounded-full bg-line-strong" />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {historySentences(entry, say).map((sentence) => (
                <span key={sentence} className="block">
                  {sentence}
                </span>
              ))}
            </span>
            <time
              dateTime={entry.at}
              title={formatInstant(entry.at, clock.timeZone, clock.locale, { dateStyle: 'full', timeStyle: 'medium' })}
              className="shrink-0 text-xs text-ink-2"
            >
              {describeAgo(entry.at, clock.now, clock.timeZone, clock.locale)}
            </time>
          </li>
        ))}
      </ol>
      {history.hasNextPage && (
        <Button
          className="mt-4 w-full"
          isBusy={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          Show earlier changes
        </Button>
      )}
    </>
  )
}
