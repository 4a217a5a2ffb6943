import { dayIn } from '@todo/model/wall-clock'
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react'
import { usePerson } from '../account/person.ts'
import type { DueContext } from './due-phrase.ts'

const TICK_MS = 60_000

const ClockContext = createContext<DueContext | null>(null)

/**
 * The person's clock: today in their zone, to the minute. It goes on while the page sleeps: a tick is set to the
 * start of each minute, and coming back to the page reads the clock again.
 */
export function DayClock({ children }: { children: ReactNode }) {
  const { timeZone, locale } = usePerson()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const read = () => setNow(Date.now())
    const timer = setTimeout(read, TICK_MS - (Date.now() % TICK_MS))
    document.addEventListener('visibilitychange', read)
    return () => {
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', read)
    }
  }, [now])
  const clock = useMemo(() => ({ now, today: dayIn(now, timeZone), timeZone, locale }), [now, timeZone, locale])
  return <ClockContext value={clock}>{children}</ClockContext>
}

export function useDayClock(): DueContext {
  const clock = use(ClockContext)
  if (!clock) throw new Error('useDayClock needs a DayClock around it')
  return clock
}

export const useToday = (): string => useDayClock().today
