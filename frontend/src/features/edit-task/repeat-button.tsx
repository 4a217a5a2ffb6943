import type { Reminder } from '@todo/model/task'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { MenuButton } from '../../ui/menu-button.tsx'
import { REPEAT_CHOICES } from '../reminders/reminder-choices.ts'
import { describeRepeat } from '../reminders/reminder-words.ts'

interface RepeatButtonProps {
  reminder: Reminder
  /** When it comes, in words. */
  name: string
  onChange: (reminder: Reminder) => void
}

/** Whether a reminder comes once, or again and again until the task is done. */
export function RepeatButton({ reminder, name, onChange }: RepeatButtonProps) {
  const { repeatMinutes } = reminder
  const text = repeatMinutes === undefined ? 'once' : describeRepeat(repeatMinutes)
  const choose = (minutes: number | undefined) => {
    const { repeatMinutes: _before, ...once } = reminder
    onChange(minutes === undefined ? once : { ...once, repeatMinutes: minutes })
  }
  const isUsual = repeatMinutes === undefined || REPEAT_CHOICES.some((minutes) => minutes === repeatMinutes)
  return (
    <MenuButton
      aria-label={`How often ${name}: ${text}`}
      menuLabel="Until done"
      className="flex min-h-9 shrink-0 items-center gap-1 rounded-control px-2 text-xs text-ink-2 pointer-coarse:min-h-10 hover:bg-hover hover:text-ink"
      entries={() => [
        { label: 'Once', isChecked: repeatMinutes === undefined, onSelect: () => choose(undefined) },
        { separator: 'until done' },
        ...[...REPEAT_CHOICES, ...(isUsual ? [] : [repeatMinutes])].map((minutes) => ({
          label: `Until done, ${describeRepeat(minutes).replace(' until done', '')}`,
          isChecked: repeatMinutes === minutes,
          onSelect: () => choose(minutes),
        })),
      ]}
    >
      {text}
      <ChevronDown size={13} aria-hidden />
    </MenuButton>
  )
}
