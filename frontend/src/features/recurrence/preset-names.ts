import type { RecurrencePreset } from '@todo/model/recurrence-presets'

export const PRESET_NAMES: Readonly<Record<RecurrencePreset, string>> = {
  none: 'None',
  daily: 'Daily',
  weekdays: 'Weekdays',
  weekly: 'Weekly',
  monthly: 'Monthly',
  'monthly-weekday': 'Monthly on this weekday',
  yearly: 'Yearly',
}
export const PRESETS = Object.keys(PRESET_NAMES) as RecurrencePreset[]
