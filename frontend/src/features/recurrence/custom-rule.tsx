import { civilDate, dayNumberOf, type Weekday, weekdayOf } from '@todo/model/civil-days'
import { WEEKDAY_NAMES } from '@todo/model/day-words'
import { type Distance, distanceOfRule, ruleOfDistance } from '@todo/model/recurrence-distance'
import { endOf, withEnd } from '@todo/model/recurrence-end'
import { type DaysOfMonth, formOfRule, type RecurrenceForm, ruleOfForm } from '@todo/model/recurrence-form'
import type { Recurrence } from '@todo/model/task'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { inputClass } from '../../ui/text-field.tsx'
import { ToggleSet } from '../../ui/toggle-set.tsx'
import { usePerson } from '../account/person.ts'
import { DaysOfMonthField, MonthsField } from './days-of-month-field.tsx'
import { RuleTextField } from './rule-text-field.tsx'

interface CustomRuleProps {
  recurrence: Recurrence
  /** Of the series. */
  timeZone: string
  onChange: (rule: string) => void
}

const UNITS = [
  { value: 'day', label: 'Days' },
  { value: 'week', label: 'Weeks' },
  { value: 'month', label: 'Months' },
  { value: 'year', label: 'Years' },
] as const

const MOST = 999

/** A rule part by part. One that says more than the parts can is changed as text. */
export function CustomRule({ recurrence, timeZone, onChange }: CustomRuleProps) {
  const { rule, start, anchor } = recurrence
  const weekStart = ((usePerson().weekStart + 6) % 7) as Weekday
  // Counted from completion, a rule without a day is a distance: a day would make another one of it.
  const distance = anchor === 'completion' ? distanceOfRule(rule) : null
  const form = distance ? null : formOfRule(rule, anchor === 'due' ? start : null)
  const parts = distance ?? form
  const write = (next: string) => onChange(withEnd(next, endOf(recurrence, timeZone)))
  const change = (next: RecurrenceForm) => write(ruleOfForm(next, weekStart))
  const changeDistance = (next: Distance) => write(ruleOfDistance(next))
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 rounded-control border border-line p-3">
      <div className="flex flex-wrap items-center gap-2">
        <label className="flex items-center gap-2 text-s text-ink-2">
          Every
          <input
            type="number"
            min={1}
            max={MOST}
            required
            disabled={!parts}
            defaultValue={parts?.interval ?? 1}
            onChange={({ target }) => {
              if (!target.validity.valid) return
              const interval = target.valueAsNumber
              if (distance) changeDistance({ ...distance, interval })
              else if (form) change({ ...form, interval })
            }}
            className={`${inputClass} !w-[4.5rem] invalid:border-high`}
          />
        </label>
        <span className="flex-1 basis-60">
          <Segmented
            label="Unit"
            value={parts?.unit ?? 'day'}
            options={UNITS}
            onChange={(unit) =>
              distance ? changeDistance({ ...distance, unit }) : change(startingForm(unit, start, form?.interval ?? 1))
            }
          />
        </span>
      </div>
      {distance && (
        <DistancePart
          distance={distance}
          onNameDays={() => change(startingForm(distance.unit, start, distance.interval))}
        />
      )}
      {form && <FormParts form={form} weekStart={weekStart} onChange={change} />}
      {!parts && <BeyondTheForm />}
      <RuleTextField rule={rule} isOpen={!parts} onChange={onChange} />
    </div>
  )
}

const BeyondTheForm = () => (
  <p className="text-xs text-ink-2">This rule says more than the parts here can. Change it as text below.</p>
)

/** A day is a distance anyway. */
function DistancePart({ distance: { unit }, onNameDays }: { distance: Distance; onNameDays: () => void }) {
  if (unit === 'day') return null
  return (
    <p className="flex flex-wrap items-center justify-between gap-2 text-xs text-ink-2">
      Counted from the day on which it is done, whichever that is.
      <Button onClick={onNameDays}>Only on certain days</Button>
    </p>
  )
}

interface FormPartsProps {
  form: RecurrenceForm
  weekStart: Weekday
  onChange: (form: RecurrenceForm) => void
}

function FormParts({ form, weekStart, onChange }: FormPartsProps) {
  if (form.unit === 'day') return null
  if (form.unit === 'week') {
    return (
      <ToggleSet
        label="Weekdays"
        className="grid-cols-7"
        value={form.weekdays}
        options={Array.from({ length: 7 }, (_, index) => weekdayOption(((index + weekStart) % 7) as Weekday))}
        onChange={(weekdays) => onChange({ ...form, weekdays })}
      />
    )
  }
  return (
    <>
      {form.unit === 'year' && <MonthsField value={form.months} onChange={(months) => onChange({ ...form, months })} />}
      <DaysOfMonthField form={form} onChange={onChange} />
    </>
  )
}

function weekdayOption(weekday: Weekday) {
  return { value: weekday, label: WEEKDAY_NAMES[weekday].slice(0, 2), name: WEEKDAY_NAMES[weekday] }
}

/** What each unit begins with: the day on which the series starts. */
function startingForm(unit: RecurrenceForm['unit'], start: string, interval: number): RecurrenceForm {
  const startDay = dayNumberOf(start)
  const { month, day } = civilDate(startDay)
  const on: DaysOfMonth = { kind: 'days', days: [day], inShortMonths: 'last' }
  switch (unit) {
    case 'day':
      return { unit, interval }
    case 'week':
      return { unit, interval, weekdays: [weekdayOf(startDay)] }
    case 'month':
      return { unit, interval, on }
    case 'year':
      return { unit, interval, months: [month], on }
  }
}
