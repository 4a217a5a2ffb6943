import { type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { inputClass } from '../../ui/text-field.tsx'
import { addDays } from '../dates/calendar-day.ts'

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const
const MOST_MINUTES = 365 * 1440

interface CustomReminderProps {
  kind: 'before' | 'at'
  today: string
  onAddBefore: (minutes: number) => void
  onAddAt: (local: string) => void
  onClose: () => void
}

/** A reminder that is not among the usual ones. */
export function CustomReminder({ kind, today, onAddBefore, onAddAt, onClose }: CustomReminderProps) {
  const [count, setCount] = useState('2')
  const [unit, setUnit] = useState<keyof typeof UNITS>('hours')
  const [at, setAt] = useState(`${addDays(today, 1)}T09:00`)
  const minutes = Number(count) * UNITS[unit]
  const isValid = kind === 'at' ? at !== '' : Number.isInteger(Number(count)) && minutes >= 0 && minutes <= MOST_MINUTES
  const add = () => {
    if (!isValid) return
    if (kind === 'at') onAddAt(at.slice(0, 16))
    else onAddBefore(minutes)
    onClose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') add()
    if (event.key === 'Escape') onClose()
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div role="group" aria-label="Another reminder" onKeyDown={onKeyDown} className="flex flex-wrap items-center gap-2">
      {kind === 'at' ? (
        <input
          type="datetime-local"
          aria-label="Date and time of the reminder"
          value={at}
          autoFocus
          onChange={(event) => setAt(event.target.value)}
          className={`${inputClass} min-w-48 flex-1`}
        />
      ) : (
        <>
          <input
            type="number"
            aria-label="How many"
            min={0}
            value={count}
            autoFocus
            onChange={(event) => setCount(event.target.value)}
            className={`${inputClass} !w-20`}
          />
          <select
            aria-label="Unit"
            value={unit}
            onChange={(event) => setUnit(event.target.value as keyof typeof UNITS)}
            className={`${inputClass} !w-auto`}
          >
            {Object.keys(UNITS).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <span className="flex-1 text-s text-ink-2">before</span>
        </>
      )}
      <Button onClick={onClose}>Cancel</Button>
      <Button variant="primary" disabled={!isValid} onClick={add}>
        Add
      </Button>
    </div>
  )
}
