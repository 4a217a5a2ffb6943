import { dayNumberOf, weekdayOf } from './civil-days.ts'
import { dateWords, WEEKDAY_NAMES } from './day-words.ts'
import { conditionWords, dayGroup, daysWords, monthWords, positionWords, weekdayWords } from './recurrence-day-words.ts'
import { withStart } from './recurrence-days.ts'
import { distanceOfRule } from './recurrence-distance.ts'
import { lastDay } from './recurrence-end.ts'
import { readRecurrenceRule, type RecurrenceRule } from './recurrence-rule.ts'

export interface DescribeOptions {
  /** DTSTART on the wall clock: what the rule leaves open comes from it. */
  start: string
  anchor?: 'due' | 'completion'
  /** Zone in which an UNTIL in UTC is told; in UTC when left out. */
  timeZone?: string
  /** Whether the time of day is told where the start has one; it is when left out. */
  withTime?: boolean
  locale?: 'en'
}

/**
 * A rule in words: `Every 2 weeks on Monday and Wednesday at 09:00, until 31 May 2027`. Whatever changes its days is
 * in them. Throws RecurrenceRuleError.
 */
export function describeRecurrence(ruleText: string, options: DescribeOptions): string {
  const startDay = dayNumberOf(options.start)
  const rule = withStart(readRecurrenceRule(ruleText), startDay)
  const distance = options.anchor === 'completion' ? distanceOfRule(ruleText) : null
  const days = distance
    ? every(distance.interval, distance.unit)
    : frequencyWords(rule) + weekStartWords(rule, startDay)
  const time = options.withTime === false ? '' : timeOf(options.start)
  const at = time === '' ? '' : `${days.includes(',') ? ',' : ''} at ${timeWords(time)}`
  const from = options.anchor === 'completion' ? ', from completion' : ''
  return days + at + endWords(rule, options) + from
}

function frequencyWords(rule: RecurrenceRule): string {
  const { frequency, interval, byDay, byMonth, byMonthDay } = rule
  switch (frequency) {
    case 'DAILY': {
      const isWeekly = interval === 1 && byDay.length > 0 && byMonthDay.length === 0
      return isWeekly ? weeklyWords({ ...rule, bySetPos: [] }) : every(interval, 'day') + conditionWords(rule)
    }
    case 'WEEKLY':
      return weeklyWords(rule)
    case 'MONTHLY': {
      const isPlain = interval === 1 && byDay.length + byMonth.length === 0
      return `${isPlain ? 'Monthly' : every(interval, 'month')} on ${daysWords(rule)}`
    }
    case 'YEARLY':
      return `${every(interval, 'year')} on ${daysWords(rule)}`
  }
}

function weeklyWords(rule: RecurrenceRule): string {
  const group = dayGroup(rule.byDay)
  const isGroup = rule.interval === 1 && (group === 'day' || group === 'weekday')
  const days = rule.byDay.length > 1 && group ? `every ${group}` : weekdayWords(rule.byDay)
  const words = isGroup ? `Every ${group}` : `${every(rule.interval, 'week')} on ${days}`
  return words + monthWords(rule, 'in') + positionWords(rule)
}

function every(interval: number, unit: string): string {
  return interval === 1 ? `Every ${unit}` : `Every ${interval} ${unit}s`
}

/** Told where it is not Monday and changes the days: in steps of several weeks, and in numbered weeks. */
function weekStartWords(rule: RecurrenceRule, startDay: number): string {
  if (rule.weekStart === 0) return ''
  const isOnlyStartDay = rule.byDay.length === 1 && rule.byDay[0]!.weekday === weekdayOf(startDay)
  const inSteps = rule.frequency === 'WEEKLY' && (rule.interval > 1 || rule.bySetPos.length > 0) && !isOnlyStartDay
  if (!inSteps && rule.byWeekNo.length === 0) return ''
  return `, weeks starting on ${WEEKDAY_NAMES[rule.weekStart]}`
}

function timeOf(local: string): string {
  return local.slice(11)
}

/** `09:00`; seconds only where there are some. */
function timeWords(time: string): string {
  return time.length === 8 && time.endsWith(':00') ? time.slice(0, 5) : time
}

function endWords(rule: RecurrenceRule, options: DescribeOptions): string {
  if (rule.count !== null) return rule.count === 1 ? ', once' : `, ${rule.count} times`
  if (!rule.until) return ''
  const { kind, value } = rule.until
  const { start, timeZone } = options
  if (kind === 'instant' && !timeZone) {
    return `, until ${dateWords(dayNumberOf(value))} at ${timeWords(value.slice(11, 19))} UTC`
  }
  return `, until ${dateWords(dayNumberOf(lastDay(rule.until, start, timeZone ?? 'UTC')))}`
}
