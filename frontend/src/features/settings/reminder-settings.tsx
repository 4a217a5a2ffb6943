import type { PatchProfile, Profile } from '@todo/model/api'
import { Field, inputClass } from '../../ui/text-field.tsx'
import { Switch } from '../../ui/switch.tsx'
import { usePatchProfile, usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { REMINDER_CHOICES } from '../reminders/reminder-choices.ts'
import { describeMinutesBefore } from '../reminders/reminder-words.ts'
import { describeQuietHours } from './quiet-hours-words.ts'
import { SavedTime } from './saved-time.tsx'

const USUAL_QUIET = { from: '22:00', to: '07:00' }
const USUAL_DIGEST = '07:00'
const NONE = 'none'

interface PartProps {
  person: Profile
  onSave: (patch: PatchProfile) => void
}

/** When reminders come, and when they had better not. Every change is saved as it is made. */
export function ReminderSettings() {
  const person = usePerson()
  const { mutate } = usePatchProfile()
  const props = { person, onSave: (patch: PatchProfile) => mutate(patch) }
  return (
    <>
      <DefaultReminder {...props} />
      <QuietHours {...props} />
      <Digest {...props} />
    </>
  )
}

function DefaultReminder({ person: { defaultReminder }, onSave }: PartProps) {
  const isUsual = defaultReminder === null || REMINDER_CHOICES.some((minutes) => minutes === defaultReminder)
  return (
    <Field label="A new task reminds" hint="Where it has a due time. Each task can have other ones.">
      {(control) => (
        <select
          {...control}
          value={defaultReminder ?? NONE}
          onChange={({ target: { value } }) => onSave({ defaultReminder: value === NONE ? null : Number(value) })}
          className={inputClass}
        >
          <option value={NONE}>Not by itself</option>
          {[...REMINDER_CHOICES, ...(isUsual ? [] : [defaultReminder])].map((minutes) => (
            <option key={minutes} value={minutes}>
              {describeMinutesBefore(minutes)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function QuietHours({ person: { quietHours }, onSave }: PartProps) {
  const clock = useDayClock()
  const save = (change: Partial<typeof USUAL_QUIET>) =>
    onSave({ quietHours: { ...USUAL_QUIET, ...quietHours, ...change } })
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <Switch
        label="Quiet hours"
        hint="Reminders stay in the app until they end. What is still open then goes out by the other channels."
        isOn={quietHours !== null}
        onChange={(isOn) => onSave({ quietHours: isOn ? USUAL_QUIET : null })}
      />
      {quietHours && (
        <>
          <div className="grid grid-cols-2 gap-4">
            <SavedTime label="From" time={quietHours.from} unlike={quietHours.to} onSave={(from) => save({ from })} />
            <SavedTime label="To" time={quietHours.to} unlike={quietHours.from} onSave={(to) => save({ to })} />
          </div>
          <p className="text-xs text-ink-2">{describeQuietHours(quietHours, clock)}</p>
        </>
      )}
    </div>
  )
}

function Digest({ person: { digestAt, emailReminders }, onSave }: PartProps) {
  return (
    <div className="grid gap-3 border-t border-line pt-4">
      <Switch
        label="Daily digest"
        hint="What is overdue, what is due today and what you did yesterday, by e-mail and your other channels."
        isOn={digestAt !== null}
        onChange={(isOn) => onSave({ digestAt: isOn ? USUAL_DIGEST : null })}
      />
      {digestAt !== null && (
        <div className="grid grid-cols-2 gap-4">
          <SavedTime label="At" time={digestAt} onSave={(time) => onSave({ digestAt: time })} />
        </div>
      )}
      {digestAt !== null && !emailReminders && (
        <p className="rounded-control bg-medium-soft px-3 py-2 text-xs text-medium-ink">
          E-mail is switched off among the channels below: the digest comes by the others only.
        </p>
      )}
    </div>
  )
}
