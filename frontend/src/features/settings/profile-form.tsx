import { useState } from 'react'
import { Field, inputClass, TextField } from '../../ui/text-field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { usePatchProfile, usePerson } from '../account/person.ts'
import { addDays } from '../dates/calendar-day.ts'
import { formatDay, formatTime } from '../dates/describe-date.ts'
import { useTimeZones } from '../dates/time-zones.ts'
import { LOCALES, localeName } from './locales.ts'

const A_MONDAY = '2026-11-23'

/** Every change is saved as it is made. */
export function ProfileForm() {
  const person = usePerson()
  const patch = usePatchProfile()
  const [name, setName] = useState(person.name)
  const zones = useTimeZones(person.timeZone)
  const saveName = () => {
    const trimmed = name.trim()
    if (trimmed === '') setName(person.name)
    else if (trimmed !== person.name) patch.mutate({ name: trimmed })
  }
  return (
    <>
      <TextField
        label="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onBlur={saveName}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        maxLength={100}
        autoComplete="name"
        dir="auto"
      />
      <TextField label="E-mail" value={person.email} readOnly disabled />
      <Field label="Time zone">
        {(control) => (
          <select
            {...control}
            value={person.timeZone}
            onChange={(event) => patch.mutate({ timeZone: event.target.value })}
            className={inputClass}
          >
            {zones.map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Dates and times as in"
          hint={`${formatDay(A_MONDAY, person.locale, { dateStyle: 'medium' })}, ${formatTime('17:30', person.locale)}`}
        >
          {(control) => (
            <select
              {...control}
              value={person.locale}
              onChange={(event) => patch.mutate({ locale: event.target.value })}
              className={inputClass}
            >
              {[...new Set([person.locale, ...LOCALES])].map((locale) => (
                <option key={locale} value={locale}>
                  {localeName(locale)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="The week starts on">
          {(control) => (
            <select
              {...control}
              value={person.weekStart}
              onChange={(event) => patch.mutate({ weekStart: Number(event.target.value) })}
              className={inputClass}
            >
              {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
                <option key={weekday} value={weekday}>
                  {formatDay(addDays(A_MONDAY, weekday - 1), 'en', { weekday: 'long' })}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Switch
        label="Reminders by e-mail"
        hint={`To ${person.email}. In the app they always appear.`}
        isOn={person.emailReminders}
        onChange={(emailReminders) => patch.mutate({ emailReminders })}
      />
    </>
  )
}
