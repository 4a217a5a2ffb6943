import ChevronLeft from 'lucide-react/icons/chevron-left'
import ChevronRight from 'lucide-react/icons/chevron-right'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { addDays, addMonths, monthGrid, startOfMonth, startOfWeek } from './calendar-day.ts'
import { formatDay } from './describe-date.ts'

interface CalendarProps {
  value: string | null
  /** Where it opens while no day is chosen; today when left out. */
  from?: string
  today: string
  weekStart: number
  locale: string
  onChoose: (day: string) => void
}

/** A month of days to choose from. Keys as in the ARIA grid pattern: arrows, Home, End, Page Up and Down, Enter. */
export function Calendar({ value, today, from = today, weekStart, locale, onChoose }: CalendarProps) {
  const [focused, setFocused] = useState(value ?? from)
  return (
    <div className="grid gap-1">
      <div className="flex items-center justify-between">
        <MonthButton label="Previous month" onClick={() => setFocused(addMonths(focused, -1))}>
          <ChevronLeft size={16} />
        </MonthButton>
        <span aria-live="polite" className="text-s font-semibold">
          {formatDay(startOfMonth(focused), locale, { month: 'long', year: 'numeric' })}
        </span>
        <MonthButton label="Next month" onClick={() => setFocused(addMonths(focused, 1))}>
          <ChevronRight size={16} />
        </MonthButton>
      </div>
      <DayGrid {...{ value, today, weekStart, locale, onChoose, focused }} onFocus={setFocused} />
    </div>
  )
}

interface DayGridProps extends CalendarProps {
  focused: string
  onFocus: (day: string) => void
}

function DayGrid({ value, today, weekStart, locale, onChoose, focused, onFocus }: DayGridProps) {
  const grid = useRef<HTMLDivElement>(null)
  const moved = useRef(false)
  useEffect(() => {
    if (moved.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    moved.current = false
  }, [focused])
  const onKeyDown = (event: KeyboardEvent) => {
    const next = dayByKey(event.key, focused, weekStart)
    if (!next) return
    event.preventDefault()
    moved.current = true
    onFocus(next)
  }
  const weeks = monthGrid(focused, weekStart)
  return (
    <div ref={grid} role="grid" aria-label="Days">
      <div role="row" className="grid grid-cols-7">
        {weeks[0]?.map((day) => (
          <WeekdayHead key={day} day={day} locale={locale} />
        ))}
      </div>
      {weeks.map((week) => (
        <div key={week[0]} role="row" className="grid grid-cols-7">
          {week.map((day) => (
            <DayCell
              key={day}
              day={day}
              locale={locale}
              isToday={day === today}
              isChosen={day === value}
              isFocused={day === focused}
              isOutside={startOfMonth(day) !== startOfMonth(focused)}
              onChoose={onChoose}
              onKeyDown={onKeyDown}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

function WeekdayHead({ day, locale }: { day: string; locale: string }) {
  return (
    <span
      role="columnheader"
      aria-label={formatDay(day, locale, { weekday: 'long' })}
      className="grid h-7 place-items-center text-2xs font-medium text-ink-3"
    >
      {formatDay(day, locale, { weekday: 'short' })}
    </span>
  )
}

function dayByKey(key: string, day: string, weekStart: number): string | undefined {
  const firstOfWeek = startOfWeek(day, weekStart)
  const moves: Readonly<Record<string, string>> = {
    ArrowLeft: addDays(day, -1),
    ArrowRight: addDays(day, 1),
    ArrowUp: addDays(day, -7),
    ArrowDown: addDays(day, 7),
    Home: firstOfWeek,
    End: addDays(firstOfWeek, 6),
    PageUp: addMonths(day, -1),
    PageDown: addMonths(day, 1),
  }
  return moves[key]
}

function MonthButton({ label, onClick, children }: { label: string; onClick: () => void; children: React.ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-8 pointer-coarse:size-10 place-items-center rounded-control text-ink-2 hover:bg-hover hover:text-ink rtl:-scale-x-100"
    >
      {children}
    </button>
  )
}

interface DayCellProps {
  day: string
  locale: string
  isToday: boolean
  isChosen: boolean
  isFocused: boolean
  isOutside: boolean
  onChoose: (day: string) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function DayCell({ day, locale, isToday, isChosen, isFocused, isOutside, onChoose, onKeyDown }: DayCellProps) {
  return (
    <div role="gridcell" aria-selected={isChosen}>
      <button
        type="button"
        tabIndex={isFocused ? 0 : -1}
        aria-label={formatDay(day, locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
        aria-current={isToday ? 'date' : undefined}
        onClick={() => onChoose(day)}
        onKeyDown={onKeyDown}
        className={classNames(
          'mx-auto grid size-9 pointer-coarse:size-10 place-items-center rounded-control text-s tabular-nums transition-colors',
          isChosen ? 'bg-accent font-semibold text-on-accent' : 'hover:bg-hover',
          !isChosen && isToday && 'font-bold text-accent-ink',
          !isChosen && isOutside && 'text-ink-3',
        )}
      >
        {Number(day.slice(8)).toLocaleString(locale)}
      </button>
    </div>
  )
}
