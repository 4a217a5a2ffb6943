import { civilDate, dayNumberOf, weekdayOf } from './civil-days.ts'
import { withStart } from './recurrence-days.ts'
import { formatRecurrenceRule, readRecurrenceRule, WEEKDAYS } from './recurrence-rule.ts'
import type { Recurrence } from './task.ts'

export const RECURRENCE_PRESETS = [
  'none',
  'daily',
  'weekdays',
  'weekly',
  'monthly',
  'monthly-weekday',
  'yearly',
] as const
export type RecurrencePreset = (typeof RECURRENCE_PRESETS)[number]

/**
 * The rule of a preset for a task that starts on `startDate` (`2026-12-01`, a time after it is ignored); null for
 * none. Monthly on day 29, 30 or 31, and yearly on 29 February, fall on the last day of a month that is too short,
 * where RFC 5545 alone would skip it: the last of the days 28 to n that the month has. Counted from completion, a week,
 * a month and a year are a distance and name no day: seven days after it was done, whichever day that was.
 */
export function presetRule(
  preset: RecurrencePreset,
  startDate: string,
  anchor: Recurrence['anchor'] = 'due',
): string | null {
  if (anchor === 'completion' && preset in DISTANCES) return DISTANCES[preset as keyof typeof DISTANCES]
  const startDay = dayNumberOf(startDate)
  const { month, day } = civilDate(startDay)
  switch (preset) {
    case 'none':
      return null
    case 'daily':
      return 'FREQ=DAILY'
    case 'weekdays':
      return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'
    case 'weekly':
      return `FREQ=WEEKLY;BYDAY=${WEEKDAYS[weekdayOf(startDay)]}`
    case 'monthly':
      return `FREQ=MONTHLY;${dayOfMonth(day)}`
    case 'monthly-weekday':
      return `FREQ=MONTHLY;BYDAY=${positionOf(day)}${WEEKDAYS[weekdayOf(startDay)]}`
    case 'yearly':
      return `FREQ=YEARLY;BYMONTH=${month};${month === 2 ? dayOfMonth(day) : `BYMONTHDAY=${day}`}`
  }
}

const DISTANCES = { weekly: 'FREQ=WEEKLY', monthly: 'FREQ=MONTHLY', yearly: 'FREQ=YEARLY' } as const

/** Which preset a rule is, for a task that starts on `startDate`; `custom` for any other. Throws RecurrenceRuleError. */
export function presetOf(
  rule: string | null,
  startDate: string,
  anchor: Recurrence['anchor'] = 'due',
): RecurrencePreset | 'custom' {
  if (rule === null) return 'none'
  const distance = anchor === 'completion' && presetOfDistance(formatRecurrenceRule(readRecurrenceRule(rule)))
  if (distance) return distance
  const written = plainForm(rule, startDate)
  const preset = RECURRENCE_PRESETS.find((name) => {
    const known = presetRule(name, startDate)
    return known !== null && plainForm(known, startDate) === written
  })
  return preset ?? 'custom'
}

function presetOfDistance(rule: string): keyof typeof DISTANCES | undefined {
  return (Object.keys(DISTANCES) as (keyof typeof DISTANCES)[]).find((preset) => DISTANCES[preset] === rule)
}

/** A fifth one, which not every month has, is the last. */
function positionOf(day: number): number {
  return day > 28 ? -1 : Math.ceil(day / 7)
}

/** The BY… parts of a day of every month, on the last day of one that is too short. */
export function dayOfMonth(day: number): string {
  if (day <= 28) return `BYMONTHDAY=${day}`
  const days = Array.from({ length: day - 27 }, (_, index) => 28 + index)
  return `BYMONTHDAY=${days.join()};BYSETPOS=-1`
}

/** One text for rules that mean the same: what the start fills in, list order, and a week start that changes nothing. */
function plainForm(text: string, startDate: string): string {
  const rule = withStart(readRecurrenceRule(text), dayNumberOf(startDate))
  const byDay = rule.byDay.toSorted((a, b) => a.weekday - b.weekday)
  const isWeekdays = rule.frequency === 'DAILY' && byDay.length > 0
  return formatRecurrenceRule({
    ...rule,
    frequency: isWeekdays && rule.interval === 1 ? 'WEEKLY' : rule.frequency,
    byDay,
    byMonth: rule.byMonth.toSorted((a, b) => a - b),
    byMonthDay: rule.byMonthDay.toSorted((a, b) => a - b),
    weekStart: rule.interval === 1 && rule.byWeekNo.length === 0 ? 0 : rule.weekStart,
  })
}
