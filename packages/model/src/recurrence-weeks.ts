import { dayNumber, weekdayOf, type Weekday } from './civil-days.ts'
import type { RecurrenceRule } from './recurrence-rule.ts'

/**
 * A test for the days of a calendar year: is the day in one of the rule's weeks? Week 1 is the first with at least
 * four of its days in the year (RFC 5545 §3.3.10), so that days at the edges may be of a neighbour year's week.
 * python-dateutil 2.9 miscounts two of those edges (Jan 2039 as week 53 of 2038; -52 never reaches December): we do not.
 */
export function weekMatches({ byWeekNo, weekStart }: RecurrenceRule, year: number): (day: number) => boolean {
  if (byWeekNo.length === 0) return () => true
  const begin = weekOneBegin(year, weekStart)
  const weeks = weeksIn(year, weekStart)
  const weeksBefore = weeksIn(year - 1, weekStart)
  const weeksAfter = weeksIn(year + 1, weekStart)
  const isListed = (week: number, of: number) => byWeekNo.includes(week) || byWeekNo.includes(week - of - 1)
  return (day) => {
    const week = Math.floor((day - begin) / 7) + 1
    if (week < 1) return isListed(weeksBefore, weeksBefore)
    return week > weeks ? isListed(1, weeksAfter) : isListed(week, weeks)
  }
}

/** What the weeks of a year owe to its neighbours: 0 to 3, for how many weeks each of them has. */
export function neighbourWeeks({ byWeekNo, weekStart }: RecurrenceRule, year: number): number {
  if (byWeekNo.length === 0) return 0
  return (weeksIn(year - 1, weekStart) - 52) * 2 + weeksIn(year + 1, weekStart) - 52
}

function weekOneBegin(year: number, weekStart: Weekday): number {
  const fourth = dayNumber(year, 1, 4)
  return fourth - ((weekdayOf(fourth) - weekStart + 7) % 7)
}

function weeksIn(year: number, weekStart: Weekday): number {
  return (weekOneBegin(year + 1, weekStart) - weekOneBegin(year, weekStart)) / 7
}
