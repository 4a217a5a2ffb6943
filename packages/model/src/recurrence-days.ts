import { civilDate, dayNumber, weekdayOf } from './civil-days.ts'
import { canChoose, periodsOf } from './recurrence-periods.ts'
import type { RecurrenceRule } from './recurrence-rule.ts'

/**
 * The days of a rule. Written for this project, with the meaning that python-dateutil gives to a rule, because a
 * rule from a stranger has to have a bounded cost: npm rrule spends 11.8 s on FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30.
 * The bound: the calendar repeats every 400 years, so that a rule that found nothing in as many steps as they have
 * periods (`cycle`) never finds anything again.
 */
const LAST_DAY = dayNumber(9999, 12, 31)

/**
 * Days on which the rule fires, as day numbers (civil-days.ts), from `fromDay` to `lastDay`, in order. The first that
 * may count is `startDay`; it is itself only a result when it matches. UNTIL is the caller's affair, COUNT is not.
 */
export function* ruleDays(
  rule: RecurrenceRule,
  startDay: number,
  fromDay = startDay,
  lastDay = LAST_DAY,
): Generator<number> {
  if (!canChoose(rule) || missesWeekdays(rule, startDay)) return
  const periods = periodsOf(withStart(rule, startDay), startDay)
  const { interval } = periods
  const cycleSteps = periods.cycle / greatestCommonDivisor(periods.cycle, interval)
  const first = periods.numberOf(startDay)
  const last = periods.numberOf(lastDay)
  const daysAt = (step: number) => periods.days(first + step * interval)
  const stepsAhead = Math.max(0, Math.floor((periods.numberOf(fromDay) - first) / interval))
  const ahead =
    rule.count === null ? { step: stepsAhead, fired: 0 } : wholeCycles(stepsAhead, cycleSteps, daysAt, startDay)
  let left = (rule.count ?? Infinity) - ahead.fired
  let emptySteps = 0
  for (let step = ahead.step; emptySteps <= cycleSteps && first + step * interval <= last; step++) {
    emptySteps += 1
    for (const day of daysAt(step)) {
      if (day < startDay || day > lastDay) continue
      emptySteps = 0
      if (left-- <= 0) return
      if (day >= fromDay) yield day
    }
  }
}

/** Steps of whole weeks stay on the weekday of the start. */
function missesWeekdays({ frequency, interval, byDay }: RecurrenceRule, startDay: number): boolean {
  if (frequency !== 'DAILY' || interval % 7 !== 0 || byDay.length === 0) return false
  return byDay.every(({ weekday }) => weekday !== weekdayOf(startDay))
}

/** Where COUNT has to be followed over more than two cycles, all but the first are counted by that one. */
function wholeCycles(stepsAhead: number, cycleSteps: number, daysAt: (step: number) => number[], startDay: number) {
  const cycles = Math.floor((stepsAhead - 1) / cycleSteps)
  if (cycles < 2) return { step: 0, fired: 0 }
  let perCycle = 0
  for (let step = 1; step <= cycleSteps; step++) perCycle += daysAt(step).length
  const atStart = daysAt(0).filter((day) => day >= startDay).length
  return { step: 1 + cycles * cycleSteps, fired: atStart + cycles * perCycle }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

/** Whether any day matches, for some start; what COUNT, UNTIL and INTERVAL leave of it depends on the start. */
export function canFire(rule: RecurrenceRule): boolean {
  if (rule.bySetPos.length === 0 && !hasDayPart(rule)) return true
  return !ruleDays({ ...rule, interval: 1, count: null }, dayNumber(2000, 1, 1)).next().done
}

function hasDayPart(rule: RecurrenceRule): boolean {
  return [rule.byDay, rule.byMonthDay, rule.byYearDay, rule.byWeekNo].some((list) => list.length > 0)
}

/** What a rule leaves open comes from its start: the day of the week, of the month, or of the year. */
export function withStart(rule: RecurrenceRule, startDay: number): RecurrenceRule {
  if (rule.frequency === 'DAILY' || hasDayPart(rule)) return rule
  if (rule.frequency === 'WEEKLY') return { ...rule, byDay: [{ weekday: weekdayOf(startDay), ordinal: null }] }
  const { month, day } = civilDate(startDay)
  if (rule.frequency === 'MONTHLY' || rule.byMonth.length > 0) return { ...rule, byMonthDay: [day] }
  return { ...rule, byMonth: [month], byMonthDay: [day] }
}
