import type { MenuEntry } from '../../ui/anchored-menu.tsx'
import { PRESET_NAMES, PRESETS } from '../recurrence/preset-names.ts'
import { REMINDER_CHOICES } from '../reminders/reminder-choices.ts'
import { describeMinutesBefore } from '../reminders/reminder-words.ts'
import { PRIORITIES, PRIORITY_NAMES } from '../tasks/priority.ts'
import type { QuickAddChoices } from './quick-add-defaults.ts'

type Choose = (change: Partial<QuickAddChoices>) => void

export function priorityEntries(choices: QuickAddChoices, choose: Choose): MenuEntry[] {
  return PRIORITIES.map((priority) => ({
    label: PRIORITY_NAMES[priority],
    isChecked: priority === choices.priority,
    onSelect: () => choose({ priority }),
  }))
}

export function presetEntries(choices: QuickAddChoices, choose: Choose): MenuEntry[] {
  return PRESETS.map((preset) => ({
    label: PRESET_NAMES[preset],
    isChecked: preset === choices.preset,
    onSelect: () => choose({ preset }),
  }))
}

/** Each of them may be on; a second click takes it off. */
export function reminderEntries({ reminders, due, preset }: QuickAddChoices, choose: Choose): MenuEntry[] {
  return REMINDER_CHOICES.map((minutesBefore) => {
    const others = reminders.filter((reminder) => reminder.minutesBefore !== minutesBefore)
    const isChecked = others.length < reminders.length
    return {
      label: describeMinutesBefore(minutesBefore),
      isChecked,
      staysOpen: true,
      isDisabled: !due && preset === 'none',
      onSelect: () => choose({ reminders: isChecked ? others : [...reminders, { kind: 'relative', minutesBefore }] }),
    }
  })
}
