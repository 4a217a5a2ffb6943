import type { KeyboardEvent } from 'react'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { usePerson } from '../account/person.ts'
import { Calendar } from './calendar.tsx'
import { useDayClock } from './day-clock.tsx'
import { formatDay } from './describe-date.ts'

interface DayFieldProps {
  label: string
  /** Whether its label is seen too, before the day. */
  showsLabel?: boolean
  /** What it says while there is no day. */
  none: string
  value: string | null
  /** Where the month opens while there is none. */
  from?: string
  onChange: (day: string) => void
  onKeyDown?: (event: KeyboardEvent) => void
  className: string
}

/** A day, shown in the person's locale and chosen from a month. */
export function DayField({ label, showsLabel, none, value, from, onChange, className, onKeyDown }: DayFieldProps) {
  const { weekStart } = usePerson()
  const { today, locale } = useDayClock()
  const text = value === null ? none : formatDay(value, locale, DAY)
  return (
    <PopoverButton
      popoverLabel={label}
      aria-label={showsLabel ? undefined : `${label}: ${text}`}
      className={className}
      onKeyDown={onKeyDown}
      content={(close) => (
        <div className="w-full p-3 sm:w-[296px]">
          <Calendar
            value={value}
            {...(from !== undefined && { from })}
            today={today}
            weekStart={weekStart}
            locale={locale}
            onChoose={(day) => {
              onChange(day)
              close()
            }}
          />
        </div>
      )}
    >
      {showsLabel && <span className="text-xs text-ink-2">{label} </span>}
      <span className={value === null ? 'text-ink-3' : ''}>{text}</span>
    </PopoverButton>
  )
}

const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const
