import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { queryKeys } from '../../api/query-keys.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { daysBetween } from '../dates/calendar-day.ts'
import { describeDay } from '../dates/describe-date.ts'
import { dueHere } from '../dates/due-here.ts'
import { useLatest } from '../../ui/use-latest.ts'
import { announceNextOccurrence } from '../tasks/next-occurrence.ts'
import { openLiveConnection, type LiveState } from './live-connection.ts'
import { LiveUpdates } from './live-updates.ts'

/** Keeps this tab in step with the server for as long as it is mounted; answers how the connection is. */
export function useLiveUpdates(): LiveState {
  const client = useQueryClient()
  const clock = useLatest(useDayClock())
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const updates = new LiveUpdates(client, (task) =>
      announceNextOccurrence(task, ({ due }) => {
        if (!due) return 'no date'
        const { today, locale, timeZone } = clock.current
        const { date } = dueHere(due, timeZone)
        const day = describeDay(date, today, locale)
        // Tomorrow is a word within a sentence, a weekday is a name.
        return Math.abs(daysBetween(today, date)) > 1 ? day : day.toLocaleLowerCase(locale)
      }),
    )
    return openLiveConnection({
      onTask: (notice) => updates.onTask(notice),
      onView: (notice) => updates.onView(notice),
      onGap: () => updates.onGap(),
      onState: setState,
      // A profile that is refused too leads to the sign-in page.
      onRefused: () => void client.invalidateQueries({ queryKey: queryKeys.profile }),
    })
  }, [client, clock])
  return state
}
