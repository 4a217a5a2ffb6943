import type { PatchProfile, Profile } from '@todo/model/api'
import { type ReactNode, useMemo } from 'react'
import { Field, inputClass } from '../../ui/text-field.tsx'
import { addDays } from '../dates/calendar-day.ts'
import { formatDay, formatTime } from '../dates/describe-date.ts'
import { useTimeZones } from '../dates/time-zones.ts'
import { LOCALES, localeName } from './locales.ts'

const A_MONDAY = '2026-11-23'
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

interface RegionFieldsProps {
  person: Profile
  onSave: (patch: PatchProfile) => void
}

/** Where the person is, and how they write days and times. */
export function RegionFields({ person, onSave }: RegionFieldsProps) {
  const zones = useTimeZones(person.timeZone)
  const locales = useMemo(() => [...new Set([person.locale, ...LOCALES])], [person.locale])
  const example = `${formatDay(A_MONDAY, person.locale, { dateStyle: 'medium' })}, ${formatTime('17:30', person.locale)}`
  return (
    <>
      <Choice label="Time zone" value={person.timeZone} onChange={(timeZone) => onSave({ timeZone })}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </Choice>
      <div className="grid gap-4 sm:grid-cols-2">
        <Choice
          label="Dates and times as in"
          hint={example}
          value={person.locale}
          onChange={(locale) => onSave({ locale })}
        >
          {locales.map((locale) => (
            <option key={locale} value={locale}>
              {localeName(locale)}
            </option>
          ))}
        </Choice>
        <Choice
          label="The week starts on"
          value={String(person.weekStart)}
          onChange={(weekStart) => onSave({ weekStart: Number(weekStart) })}
        >
          {WEEKDAYS.map((weekday) => (
            <option key={weekday} value={weekday}>
              {formatDay(addDays(A_MONDAY, weekday - 1), 'en', { weekday: 'long' })}
            </option>
          ))}
        </Choice>
      </div>
    </>
  )
}

interface ChoiceProps {
  label: string
  hint?: string
  value: string
  onChange: (value: string) => void
  children: ReactNode
}

function Choice({ label, hint, value, onChange, children }: ChoiceProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChange(event.target.value)} className={inputClass}>
          {children}
        </select>
      )}
    </Field>
  )
}
