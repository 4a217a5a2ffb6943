import { endOf, type RecurrenceEnd, withEnd } from '@todo/model/recurrence-end'
import type { Recurrence } from '@todo/model/task'
import { useState } from 'react'
import { Segmented } from '../../ui/segmented.tsx'
import { inputClass } from '../../ui/text-field.tsx'
import { addMonths } from '../dates/calendar-day.ts'
import { DayField } from '../dates/day-field.tsx'
import { fieldClass } from './field-class.ts'

const MOST_TIMES = 9_999

interface RecurrenceEndFieldProps {
  recurrence: Recurrence
  /** Of the series. */
  timeZone: string
  onChange: (rule: string) => void
}

/** Whether the series ever ends: on a day, or after so many times. */
export function RecurrenceEndField({ recurrence, timeZone, onChange }: RecurrenceEndFieldProps) {
  const { rule, start } = recurrence
  const end = endOf(recurrence, timeZone)
  const firstDay = start.slice(0, 10)
  const change = (next: RecurrenceEnd) => onChange(withEnd(rule, next))
  const first: Record<RecurrenceEnd['kind'], RecurrenceEnd> = {
    never: { kind: 'never' },
    on: { kind: 'on', date: addMonths(firstDay, 3) },
    after: { kind: 'after', count: 10 },
  }
  return (
    <div className="grid gap-2">
      <Segmented
        label="Ends"
        value={end.kind}
        options={[
          { value: 'never', label: 'Never ends' },
          { value: 'on', label: 'On a day' },
          { value: 'after', label: 'After a count' },
        ]}
        onChange={(kind) => change(first[kind])}
      />
      {end.kind === 'on' && (
        <DayField
          label="Last day"
          none="No day"
          value={end.date}
          onChange={(date) => change({ kind: 'on', date: date < firstDay ? firstDay : date })}
          className={fieldClass}
        />
      )}
      {end.kind === 'after' && (
        <div className="flex items-center gap-2 text-s text-ink-2">
          <CountInput value={end.count} onChange={(count) => change({ kind: 'after', count })} />
          times in all
        </div>
      )}
    </div>
  )
}

/** Says only what is valid; what is typed on the way there stays in the field. */
function CountInput({ value, onChange }: { value: number; onChange: (count: number) => void }) {
  const [typed, setTyped] = useState(String(value))
  return (
    <input
      type="number"
      aria-label="How many times"
      min={1}
      max={MOST_TIMES}
      step={1}
      required
      value={typed}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.validity.valid) onChange(target.valueAsNumber)
      }}
      className={`${inputClass} !w-[6rem] invalid:border-high`}
    />
  )
}
