import Clock from 'lucide-react/icons/clock'
import Globe from 'lucide-react/icons/globe'
import X from 'lucide-react/icons/x'
import { useId } from 'react'
import { inputClass } from '../../ui/text-field.tsx'
import { TimeInput } from './time-input.tsx'
import { useTimeZones } from './time-zones.ts'

interface TimeFieldProps {
  time: string | null
  zone: string
  onTime: (time: string | null) => void
  onZone: (zone: string) => void
}

/** A time of day, and the zone on whose wall it is read. */
export function TimeField({ time, zone, onTime, onZone }: TimeFieldProps) {
  const zones = useTimeZones(zone)
  const id = useId()
  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-2.5 text-s">
        <Clock size={16} aria-hidden className="shrink-0 text-ink-3" />
        <label htmlFor={id} className="flex-1">
          Time
        </label>
        <TimeInput id={id} value={time} onTime={onTime} className="!w-[8rem]" />
        {time && (
          <button
            type="button"
            aria-label="Remove the time"
            onClick={() => onTime(null)}
            className="grid size-7 pointer-coarse:size-10 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
          >
            <X size={14} />
          </button>
        )}
      </div>
      {time && (
        <label className="flex items-center gap-2.5 text-s">
          <Globe size={16} aria-hidden className="shrink-0 text-ink-3" />
          <span className="sr-only">Time zone</span>
          <select value={zone} onChange={(event) => onZone(event.target.value)} className={inputClass}>
            {zones.map((name) => (
              <option key={name} value={name}>
                {name.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}
