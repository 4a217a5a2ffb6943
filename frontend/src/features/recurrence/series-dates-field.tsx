import type { Recurrence } from '@todo/model/task'
import X from 'lucide-react/icons/x'
import { useDayClock } from '../dates/day-clock.tsx'
import { DayField } from '../dates/day-field.tsx'
import { formatDay } from '../dates/describe-date.ts'

interface SeriesDatesFieldProps {
  recurrence: Recurrence
  onChange: (recurrence: Recurrence) => void
}

/** Days that a series leaves out (EXDATE), and days beside its rule (RDATE). */
export function SeriesDatesField({ recurrence, onChange }: SeriesDatesFieldProps) {
  const { start, exceptions, additions } = recurrence
  return (
    <div className="grid gap-2">
      <Dates
        label="Not on"
        days={exceptions}
        from={start}
        onChange={(days) => onChange({ ...recurrence, exceptions: days })}
      />
      <Dates
        label="Also on"
        days={additions}
        from={start}
        onChange={(days) => onChange({ ...recurrence, additions: days })}
      />
    </div>
  )
}

interface DatesProps {
  label: string
  /** Wall-clock days, some with a time. */
  days: readonly string[]
  from: string
  onChange: (days: string[]) => void
}

function Dates({ label, days, from, onChange }: DatesProps) {
  const { locale } = useDayClock()
  const say = (day: string) =>
    formatDay(day.slice(0, 10), locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-1.5">
      <span className="w-[3.5rem] text-s text-ink-2">{label}</span>
      {days.map((day) => (
        <button
          key={day}
          type="button"
          aria-label={`Remove ${say(day)}`}
          onClick={() => onChange(days.filter((other) => other !== day))}
          className="inline-flex min-h-8 items-center gap-1 rounded-control bg-sunken px-2 text-s tabular-nums hover:bg-hover pointer-coarse:min-h-10"
        >
          {say(day)}
          <X size={13} aria-hidden />
        </button>
      ))}
      <DayField
        label={`${label}: a day`}
        none="Add a day"
        value={null}
        from={from.slice(0, 10)}
        onChange={(day) => onChange([...new Set([...days, day])].toSorted())}
        className="min-h-8 rounded-control px-2 text-s hover:bg-hover pointer-coarse:min-h-10"
      />
    </div>
  )
}
