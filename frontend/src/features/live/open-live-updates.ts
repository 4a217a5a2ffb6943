import type { QueryClient } from '@tanstack/react-query'
import { queryKeys } from '../../api/query-keys.ts'
import { daysBetween } from '../dates/calendar-day.ts'
import { describeDay } from '../dates/describe-date.ts'
import { dueHere } from '../dates/due-here.ts'
import type { DueContext } from '../dates/due-phrase.ts'
import { announceNextOccurrence } from '../tasks/next-occurrence.ts'
import { type LiveState, openLiveConnection } from './live-connection.ts'
import { watchArrivals } from './arrivals.ts'
import { LiveUpdates } from './live-updates.ts'

/** Keeps the cache in step with the server; answers what ends it. */
export function openLiveUpdates(
  client: QueryClient,
  clock: () => DueContext,
  onState: (state: LiveState) => void,
): () => void {
  const updates = new LiveUpdates(client)
  const endArrivals = watchArrivals(client, (task) =>
    announceNextOccurrence(task, ({ due }) => {
      if (!due) return 'no date'
      const { today, locale, timeZone } = clock()
      const { date } = dueHere(due, timeZone)
      const day = describeDay(date, today, locale)
      // Tomorrow is a word within a sentence, a weekday is a name.
      return Math.abs(daysBetween(today, date)) > 1 ? day : day.toLocaleLowerCase(locale)
    }),
  )
  const close = openLiveConnection({
    onTask: (notice) => updates.onTask(notice),
    onView: (notice) => updates.onView(notice),
    onGap: () => updates.onGap(),
    onState,
    // A profile that is refused too leads to the sign-in page.
    onRefused: () => void client.invalidateQueries({ queryKey: queryKeys.profile }),
  })
  return () => {
    endArrivals()
    close()
  }
}
