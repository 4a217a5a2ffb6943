import { zonedInstant } from '@todo/model/due'
import type { Due, Reminder } from '@todo/model/task'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { newId } from '../../api/new-id.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { REMINDER_CHOICES } from '../reminders/reminder-choices.ts'
import { describeMinutesBefore } from '../reminders/reminder-words.ts'
import { CustomReminder } from './custom-reminder.tsx'
import { describeReminder, describeReminderTime } from './describe-value.ts'
import { fieldClass } from './field-class.ts'
import { RemoveButton } from './remove-button.tsx'
import { RepeatButton } from './repeat-button.tsx'

const MOST = 10

interface RemindersFieldProps {
  value: readonly Reminder[]
  due: Due | null
  onChange: (reminders: Reminder[]) => void
  /** Whether it asks for a day and a time from the first. */
  asksWhen?: boolean
}

/** When to be reminded: so long before the due time, or at a moment of its own. */
export function RemindersField({ value, due, onChange, asksWhen = false }: RemindersFieldProps) {
  const clock = useDayClock()
  const { timeZone } = usePerson()
  const [custom, setCustom] = useState<'before' | 'at' | null>(asksWhen ? 'at' : null)
  const addBefore = (minutesBefore: number) => {
    const isThere = value.some((reminder) => reminder.kind === 'relative' && reminder.minutesBefore === minutesBefore)
    if (!isThere) onChange([...value, { id: newId(), kind: 'relative', minutesBefore }])
  }
  const addAt = (local: string) =>
    onChange([...value, { id: newId(), kind: 'absolute', at: zonedInstant(local, timeZone) }])
  return (
    <div className="grid gap-1">
      {value.map((reminder) => (
        <div key={reminder.id} className="flex gap-1">
          <span className={`${fieldClass} !flex-nowrap !py-0 !pe-0`}>
            <span className="min-w-0 flex-1 py-1">{describeReminderTime(reminder, clock)}</span>
            <RepeatButton
              reminder={reminder}
              name={describeReminderTime(reminder, clock)}
              onChange={(changed) => onChange(value.map((other) => (other.id === changed.id ? changed : other)))}
            />
          </span>
          <RemoveButton
            label={`Remove reminder ${describeReminder(reminder, clock)}`}
            onClick={() => onChange(value.filter((other) => other.id !== reminder.id))}
          />
        </div>
      ))}
      {custom && (
        <CustomReminder
          kind={custom}
          today={clock.today}
          onAddBefore={addBefore}
          onAddAt={addAt}
          onClose={() => setCustom(null)}
        />
      )}
      {value.length < MOST && !custom && (
        <MenuButton
          menuLabel="Add a reminder"
          className="inline-flex min-h-9 pointer-coarse:min-h-10 items-center gap-1.5 justify-self-start rounded-control px-1 text-s text-ink-2 hover:text-ink"
          entries={() => [
            ...REMINDER_CHOICES.map((minutes) => ({
              label: describeMinutesBefore(minutes),
              isDisabled: !due,
              onSelect: () => addBefore(minutes),
            })),
            { separator: 'others' },
            { label: 'Another time before…', isDisabled: !due, onSelect: () => setCustom('before') },
            { label: 'At a date and time…', onSelect: () => setCustom('at') },
          ]}
        >
          <Plus size={14} aria-hidden /> Add a reminder
        </MenuButton>
      )}
      {due && !due.time && value.some((reminder) => reminder.kind === 'relative') && (
        <p className="text-xs text-ink-2">Without a due time they count back from 09:00.</p>
      )}
    </div>
  )
}
