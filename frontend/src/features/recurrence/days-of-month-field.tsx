import { MONTH_NAMES, ordinalWords, WEEKDAY_NAMES } from '@todo/model/day-words'
import { canFallOnLastDay, DAY_KINDS, type DaysOfMonth, type RecurrenceForm } from '@todo/model/recurrence-form'
import { Segmented } from '../../ui/segmented.tsx'
import { inputClass } from '../../ui/text-field.tsx'
import { ToggleSet } from '../../ui/toggle-set.tsx'

type MonthlyForm = Extract<RecurrenceForm, { on: DaysOfMonth }>

interface DaysOfMonthFieldProps {
  form: MonthlyForm
  onChange: (form: MonthlyForm) => void
}

const NUMBERED = [
  ...Array.from({ length: 31 }, (_, index) => ({ value: index + 1, label: String(index + 1) })),
  { value: -1, label: 'Last', name: 'Last day' },
]
const POSITIONS = [1, 2, 3, 4, 5, -1, -2]
const DAYS = [
  ...WEEKDAY_NAMES.map((name, value) => ({ value: String(value), name })),
  ...DAY_KINDS.map((name) => ({ value: name, name })),
]

/** Which days of the month: by their numbers, or the second Tuesday. */
export function DaysOfMonthField({ form, onChange }: DaysOfMonthFieldProps) {
  const { on } = form
  const first: Record<DaysOfMonth['kind'], DaysOfMonth> = {
    days: { kind: 'days', days: [1], inShortMonths: 'skip' },
    ordinal: { kind: 'ordinal', position: 1, day: 0 },
  }
  return (
    <>
      <Segmented
        label="Days of the month"
        value={on.kind}
        options={[
          { value: 'days', label: 'On dates' },
          { value: 'ordinal', label: 'On a weekday' },
        ]}
        onChange={(kind) => onChange({ ...form, on: first[kind] })}
      />
      {on.kind === 'ordinal' ? (
        <OrdinalField value={on} onChange={(next) => onChange({ ...form, on: next })} />
      ) : (
        <NumberedField form={form} on={on} onChange={onChange} />
      )}
    </>
  )
}

type Numbered = Extract<DaysOfMonth, { kind: 'days' }>

function NumberedField({ form, on, onChange }: DaysOfMonthFieldProps & { on: Numbered }) {
  const canBeLast = canFallOnLastDay(form)
  const choose = (days: number[]) => {
    const next = { ...form, on: { ...on, days } }
    // What is common comes first: people mean the end of the month.
    const inShortMonths = canFallOnLastDay(next) && (on.inShortMonths === 'last' || !canBeLast) ? 'last' : 'skip'
    onChange({ ...form, on: { ...on, days, inShortMonths } })
  }
  return (
    <>
      <ToggleSet label="Dates" className="grid-cols-8" value={on.days} options={NUMBERED} onChange={choose} />
      {canBeLast && (
        <Segmented
          label="In shorter months"
          value={on.inShortMonths}
          options={[
            { value: 'last', label: 'Last day in short months' },
            { value: 'skip', label: 'Skip short months' },
          ]}
          onChange={(inShortMonths) => onChange({ ...form, on: { ...on, inShortMonths } })}
        />
      )}
    </>
  )
}

type Ordinal = Extract<DaysOfMonth, { kind: 'ordinal' }>

function OrdinalField({ value, onChange }: { value: Ordinal; onChange: (value: Ordinal) => void }) {
  return (
    <div className="flex items-center gap-2 text-s text-ink-2">
      The
      <select
        aria-label="Which one"
        className={inputClass}
        value={value.position}
        onChange={({ target }) => onChange({ ...value, position: Number(target.value) })}
      >
        {POSITIONS.map((position) => (
          <option key={position} value={position}>
            {ordinalWords(position)}
          </option>
        ))}
      </select>
      <select
        aria-label="Day"
        className={inputClass}
        value={String(value.day)}
        onChange={({ target }) => onChange({ ...value, day: dayOf(target.value) })}
      >
        {DAYS.map(({ value: day, name }) => (
          <option key={day} value={day}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

function dayOf(text: string): Ordinal['day'] {
  return DAY_KINDS.find((kind) => kind === text) ?? (Number(text) as Ordinal['day'])
}

export function MonthsField({ value, onChange }: { value: number[]; onChange: (months: number[]) => void }) {
  const options = MONTH_NAMES.map((name, index) => ({ value: index + 1, label: name.slice(0, 3), name }))
  return <ToggleSet label="Months" className="grid-cols-6" value={value} options={options} onChange={onChange} />
}
