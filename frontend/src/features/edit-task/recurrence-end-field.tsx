import { endOf, type RecurrenceEnd, withEnd } from '@todo/model/recurrence-end'
import type { Recurrence } from '@todo/model/task'
import { useState } from 'react'
import { Segmented } from '../../ui/segmented.tsx'
import { inputClass } from '../../ui/text-field.tsx'
import { addMonths } from '../dates/calendar-day.ts'

const MOST_TIMES = 9_999

interface RecurrenceEndFieldProps {
  recurrence: Recurrence
  onChange: (rule: string) => void
}

/** Whether the series ever ends: on a day, or after so many times. */
export function RecurrenceEndField({ recurrence: { rule, start }, onChange }: RecurrenceEndFieldProps) {
  const end = endOf(rule)
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
        <EndInput
          type="date"
          label="Last day"
          value={end.date}
          min={firstDay}
          onChange={(date) => change({ kind: 'on', date })}
        />
      )}
      {end.kind === 'after' && (
        <div className="flex items-center gap-2 text-s text-ink-2">
          <EndInput
            type="number"
            label="How many times"
            value={String(end.count)}
            min="1"
            max={String(MOST_TIMES)}
            onChange={(count) => change({ kind: 'after', count: Number(count) })}
          />
          times in all
        </div>
      )}
    </div>
  )
}

interface EndInputProps {
  type: 'date' | 'number'
  label: string
  value: string
  min: string
  max?: string
  onChange: (value: string) => void
}

/** Says only what is valid; what is typed on the way there stays in the field. */
function EndInput({ label, value, onChange, ...rest }: EndInputProps) {
  const [typed, setTyped] = useState(value)
  return (
    <input
      {...rest}
      aria-label={label}
      value={typed}
      required
      step={1}
      onChange={({ target }) => {
        setTyped(target.value)
        if (target.validity.valid) onChange(target.value)
      }}
      className={`${inputClass} ${rest.type === 'number' ? '!w-24' : ''} invalid:border-high`}
    />
  )
}
