import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { inputClass } from '../../ui/text-field.tsx'
import { addDays } from '../dates/calendar-day.ts'
import { DayField } from '../dates/day-field.tsx'
import { TimeInput } from '../dates/time-input.tsx'
import { fieldClass } from './field-class.ts'

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
  const [before, setBefore] = useState<Before>({ count: '2', unit: 'hours' })
  const [day, setDay] = useState(addDays(today, 1))
  const [time, setTime] = useState<string | null>('09:00')
  const minutes = minutesOf(before)
  const isValid = kind === 'at' ? time !== null : minutes !== null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    if (!isValid) return
    if (kind === 'at') onAddAt(`${day}T${time}`)
    else if (minutes !== null) onAddBefore(minutes)
    onClose()
  }
  // Escape gives up the reminder, not the dialog around it.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }
  return (
    <form
      aria-label="Another reminder"
      data-keeps-escape
      onSubmit={submit}
      className="flex flex-wrap items-center gap-2"
    >
      {kind === 'before' && <BeforeFields value={before} onChange={setBefore} onKeyDown={onKeyDown} />}
      {kind === 'at' && (
        <>
          <DayField
            label="Day of the reminder"
            none=""
            value={day}
            onChange={setDay}
            onKeyDown={onKeyDown}
            className={`${fieldClass} !w-auto flex-1 basis-32`}
          />
          <TimeInput
            aria-label="Time of the reminder"
            value={time}
            onTime={setTime}
            onKeyDown={onKeyDown}
            autoFocus
            className="!w-[6rem]"
          />
        </>
      )}
      <span className="flex basis-full justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={!isValid}>
          Add
        </Button>
      </span>
    </form>
  )
}

interface Before {
  count: string
  unit: keyof typeof UNITS
}

/** null where it is no whole number, or longer ago than a year. */
function minutesOf({ count, unit }: Before): number | null {
  const minutes = Number(count) * UNITS[unit]
  const isWhole = count.trim() !== '' && Number.isInteger(Number(count))
  return isWhole && minutes >= 0 && minutes <= MOST_MINUTES ? minutes : null
}

interface BeforeFieldsProps {
  value: Before
  onChange: (value: Before) => void
  onKeyDown: (event: KeyboardEvent) => void
}

function BeforeFields({ value, onChange, onKeyDown }: BeforeFieldsProps) {
  return (
    <>
      <input
        type="number"
        aria-label="How many"
        min={0}
        value={value.count}
        autoFocus
        onChange={(event) => onChange({ ...value, count: event.target.value })}
        onKeyDown={onKeyDown}
        className={`${inputClass} !w-[5rem]`}
      />
      <select
        aria-label="Unit"
        value={value.unit}
        onChange={(event) => onChange({ ...value, unit: event.target.value as Before['unit'] })}
        className={`${inputClass} !w-auto`}
      >
        {Object.keys(UNITS).map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <span className="flex-1 text-s text-ink-2">before</span>
    </>
  )
}
