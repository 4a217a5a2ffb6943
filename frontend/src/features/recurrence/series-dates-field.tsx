import type { Recurrence } from '@todo/model/task'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { inputClass } from '../../ui/text-field.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
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
  const [typed, setTyped] = useState('')
  const say = (day: string) =>
    formatDay(day.slice(0, 10), locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
  const add = () => {
    onChange([...new Set([...days, typed])].toSorted())
    setTyped('')
  }
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-1.5">
      <span className="w-14 text-s text-ink-2">{label}</span>
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
      <input
        type="date"
        aria-label={`${label}: a day`}
        min={from.slice(0, 10)}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        className={`${inputClass} !w-40`}
      />
      <Button variant="ghost" icon={<Plus size={15} />} disabled={typed === ''} onClick={add}>
        Add
      </Button>
    </div>
  )
}
