import type { Due } from '@todo/model/task'
import CalendarX from 'lucide-react/icons/calendar-x'
import Sun from 'lucide-react/icons/sun'
import Sunrise from 'lucide-react/icons/sunrise'
import CalendarArrow from 'lucide-react/icons/calendar-arrow-up'
import { type ReactNode, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { usePerson } from '../account/person.ts'
import { addDays, startOfWeek } from './calendar-day.ts'
import { Calendar } from './calendar.tsx'
import { useDayClock } from './day-clock.tsx'
import { formatDay } from './describe-date.ts'
import { DueLine } from './due-line.tsx'
import { TimeField } from './time-field.tsx'

interface DuePickerProps {
  value: Due | null
  /** Whether there is a date to take away; left out: where there is a value. */
  canClear?: boolean
  /** The day was chosen, or the time confirmed. */
  onChange: (due: Due | null) => void
}

/** When: in words, one of the usual days, any day of the calendar, and a time on the wall of a zone. */
export function DuePicker({ value, canClear = value !== null, onChange }: DuePickerProps) {
  const { weekStart, timeZone } = usePerson()
  const { today, locale } = useDayClock()
  const [time, setTime] = useState(value?.time ?? null)
  const [zone, setZone] = useState(value?.timeZone ?? timeZone)
  const at = (date: string, timeOfDay = time) => ({ date, time: timeOfDay, timeZone: timeOfDay ? zone : null })
  const choose = (date: string) => onChange(at(date))
  const isTimeChanged = time !== (value?.time ?? null) || (time !== null && zone !== (value?.timeZone ?? timeZone))
  return (
    <div className="w-full p-3 sm:w-[296px]">
      <DueLine
        chosen={value}
        zone={zone}
        dueOf={(written) => at(written.date, written.time ?? time)}
        onChoose={onChange}
      >
        <QuickDays
          today={today}
          weekStart={weekStart}
          locale={locale}
          onChoose={choose}
          onClear={canClear ? () => onChange(null) : null}
        />
      </DueLine>
      <Calendar value={value?.date ?? null} today={today} weekStart={weekStart} locale={locale} onChoose={choose} />
      <form
        // In sight also where the screen is too low for all of it.
        className="sticky bottom-0 -mx-3 mt-2 -mb-3 grid gap-2 border-t border-line bg-surface p-3"
        onSubmit={(event) => {
          event.preventDefault()
          // As in the line above.
          event.stopPropagation()
          choose(value?.date ?? today)
        }}
      >
        <TimeField time={time} zone={zone} onTime={setTime} onZone={setZone} />
        {isTimeChanged && (
          <Button type="submit" variant="primary">
            {value ? 'Set the time' : 'Today at this time'}
          </Button>
        )}
      </form>
    </div>
  )
}

interface QuickDaysProps {
  today: string
  weekStart: number
  locale: string
  onChoose: (day: string) => void
  onClear: (() => void) | null
}

function QuickDays({ today, weekStart, locale, onChoose, onClear }: QuickDaysProps) {
  const tomorrow = addDays(today, 1)
  const nextWeek = addDays(startOfWeek(today, weekStart), 7)
  const weekdayOf = (day: string) => formatDay(day, locale, { weekday: 'short' })
  return (
    <div className="mb-2 grid gap-px border-b border-line pb-2">
      <QuickDay icon={<Sun />} label="Today" note={weekdayOf(today)} onClick={() => onChoose(today)} />
      <QuickDay icon={<Sunrise />} label="Tomorrow" note={weekdayOf(tomorrow)} onClick={() => onChoose(tomorrow)} />
      <QuickDay
        icon={<CalendarArrow />}
        label="Next week"
        note={formatDay(nextWeek, locale, { weekday: 'short', day: 'numeric', month: 'short' })}
        onClick={() => onChoose(nextWeek)}
      />
      {onClear && <QuickDay icon={<CalendarX />} label="No due date" onClick={onClear} />}
    </div>
  )
}

function QuickDay({
  icon,
  label,
  note,
  onClick,
}: {
  icon: ReactNode
  label: string
  note?: string
  onClick: () => void
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex min-h-8 items-center gap-2.5 rounded-control px-2 text-s hover:bg-hover pointer-coarse:min-h-10 [&>svg]:size-4 [&>svg]:text-ink-3"
    >
      {icon}
      {label}
      {note && <span className="ms-auto text-xs text-ink-2">{note}</span>}
    </button>
  )
}
