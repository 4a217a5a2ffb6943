import { wallClock } from '@todo/model/wall-clock'
import { addDays } from '../dates/calendar-day.ts'
import { instantOf } from '../dates/due-here.ts'

export interface SnoozeChoice {
  /** Names it in the links of mails. */
  key: string
  label: string
  /** Instant. */
  until: string
}

const MINUTE_MS = 60_000
const EVENING = '20:00:00'
const MORNING = '09:00:00'
/** Later than this, the evening is now. */
const TOO_LATE = '19:30:00'

/** When to be reminded again: soon, in an hour, tonight, tomorrow morning. On the person's clock. */
export function snoozeChoices(now: number, timeZone: string): SnoozeChoice[] {
  const [today = '', time = ''] = wallClock(now, timeZone).split('T')
  const at = (day: string, clock: string) => new Date(instantOf(`${day}T${clock}`, timeZone)).toISOString()
  const after = (minutes: number) => new Date(now + minutes * MINUTE_MS).toISOString()
  return [
    { key: '10m', label: '10 min', until: after(10) },
    { key: '1h', label: '1 hour', until: after(60) },
    ...(time < TOO_LATE ? [{ key: 'tonight', label: 'Tonight', until: at(today, EVENING) }] : []),
    { key: 'tomorrow', label: 'Tomorrow', until: at(addDays(today, 1), MORNING) },
  ]
}
