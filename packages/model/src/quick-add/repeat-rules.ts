import { dayOfMonth, presetRule } from '../recurrence-presets.ts'
import { formatRecurrenceRule, readRecurrenceRule, WEEKDAYS, type RecurrenceRule } from '../recurrence-rule.ts'
import type { Recurrence } from '../task.ts'
import { wordsOf, type Match, type Sentence, type Span } from './sentence.ts'
import { monthNumber, numberOf, weekdayNumber } from './vocabulary.ts'

/** What a phrase says of its days. What it leaves open comes from the day on which the series begins. */
export interface Repeat {
  frequency: RecurrenceRule['frequency']
  interval: number
  /** BY… parts; null where the day of the beginning is meant. */
  days: string | null
}

const STEPS: Record<string, Omit<Repeat, 'days'>> = {
  d: { frequency: 'DAILY', interval: 1 },
  v: { frequency: 'DAILY', interval: 1 },
  w: { frequency: 'WEEKLY', interval: 1 },
  m: { frequency: 'MONTHLY', interval: 1 },
  q: { frequency: 'MONTHLY', interval: 3 },
  y: { frequency: 'YEARLY', interval: 1 },
}

const ADVERBS: Record<string, string> = {
  daily: 'd',
  weekly: 'w',
  fortnightly: 'w',
  monthly: 'm',
  quarterly: 'q',
  yearly: 'y',
  annually: 'y',
}

const WORKDAYS = 'MO,TU,WE,TH,FR'

/** Null for what does not say it without a doubt. */
export function repeatOf(sentence: Sentence, match: Match): Repeat | null {
  const { unit, count, days, numbered, dates, date, ofMonth } = match.pieces
  const words = (span: Span) => wordsOf(sentence, span)
  const step = unit ? stepOf(sentence, unit) : null
  const interval = count ? numberOf(words(count)[0]!) : (step?.interval ?? 1)
  if (interval < 1) return null
  if (days) return inUnit(step, 'WEEKLY', { interval, days: `BYDAY=${weekdays(sentence, days)}` })
  if (numbered)
    return inUnit(step, 'MONTHLY', { interval, days: numberedDays(sentence, numbered, ofMonth !== undefined) })
  if (dates) return inUnit(step, 'MONTHLY', { interval, days: datesOfMonth(ordinalsIn(sentence, dates)) })
  if (date) return inUnit(step, 'YEARLY', { interval, days: dateOfYear(sentence, date) })
  return step && { frequency: step.frequency, interval, days: step.frequency === 'DAILY' ? '' : null }
}

function stepOf(sentence: Sentence, unit: Span): Omit<Repeat, 'days'> {
  const kind = sentence.kinds[unit.first]!
  const word = wordsOf(sentence, unit)[0]!.toLowerCase()
  const step = STEPS[kind === 'A' ? ADVERBS[word]! : kind]!
  return word === 'fortnightly' ? { ...step, interval: 2 } : step
}

/** `daily on mondays` and `weekly on the 1st` contradict themselves. */
function inUnit(
  step: Omit<Repeat, 'days'> | null,
  frequency: Repeat['frequency'],
  { interval, days }: { interval: number; days: string | null },
): Repeat | null {
  if (days === null || (step && step.frequency !== frequency)) return null
  return { frequency, interval, days }
}

function weekdays(sentence: Sentence, span: Span): string {
  const kind = sentence.kinds[span.first]!
  if ('K5'.includes(kind)) return WORKDAYS
  if ('X6'.includes(kind)) return 'SA,SU'
  const numbers = wordsOfKinds(sentence, span, 'W7').map(weekdayNumber)
  return [...new Set(numbers)]
    .sort((a, b) => a - b)
    .map((day) => WEEKDAYS[day])
    .join()
}

function wordsOfKinds(sentence: Sentence, span: Span, kinds: string): string[] {
  return wordsOf(sentence, span).filter((_, index) => kinds.includes(sentence.kinds[span.first + index]!))
}

function ordinalsIn(sentence: Sentence, span: Span): number[] {
  return [...new Set(wordsOfKinds(sentence, span, 'OoL').map(numberOf))]
}

/** “Every second Tuesday” may be every other one; in digits, or with “of the month”, it is not. */
function numberedDays(sentence: Sentence, span: Span, ofMonth: boolean): string | null {
  const isVague = wordsOf(sentence, span).some((word) => /^(?:second|third|fourth|fifth)$/i.test(word))
  const ordinals = ordinalsIn(sentence, span)
  if ((isVague && !ofMonth) || ordinals.some((ordinal) => ordinal > 5)) return null
  const last = sentence.kinds.lastIndexOf('W', span.end - 1)
  if (last < span.first) return `BYDAY=${WORKDAYS};BYSETPOS=${ordinals.join()}`
  const day = WEEKDAYS[weekdayNumber(sentence.words[last]!.text)]
  return `BYDAY=${ordinals.map((ordinal) => `${ordinal}${day}`).join()}`
}

/**
 * Days of a month. One of 29 to 31 falls on the last day of a shorter month, as in the presets: the last of the days
 * from 28 on, beside the others by their position. Null where two days depend on the length of the month.
 */
function datesOfMonth(dates: number[]): string | null {
  const late = dates.filter((date) => date > 28)
  if (late.length === 0) return `BYMONTHDAY=${dates.join()}`
  if (dates.length === 1) return dayOfMonth(late[0]!)
  if (late.length > 1 || dates.includes(-1)) return null
  const early = dates.filter((date) => date < 28)
  const positions = dates.filter((date) => date <= 28).map((_, index) => index + 1)
  const lateDays = Array.from({ length: late[0]! - 27 }, (_, index) => 28 + index)
  return `BYMONTHDAY=${[...early, ...lateDays].join()};BYSETPOS=${[...positions, -1].join()}`
}

function dateOfYear(sentence: Sentence, span: Span): string | null {
  const kinds = sentence.kinds.slice(span.first, span.end)
  const month = monthNumber(sentence.words[span.first + kinds.indexOf('M')]!.text)
  const day = numberOf(sentence.words[span.first + kinds.search(/[NO]/)]!.text)
  if (day < 1 || day > 31) return null
  return `BYMONTH=${month};${month === 2 && day === 29 ? dayOfMonth(day) : `BYMONTHDAY=${day}`}`
}

/** The rule of a series that begins on a day, or later: without its end. */
export function ruleOf(
  { frequency, interval, days }: Repeat,
  { start, anchor, weekStart }: { start: string; anchor: Recurrence['anchor']; weekStart: RecurrenceRule['weekStart'] },
): RecurrenceRule {
  const preset = ({ WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly', DAILY: 'daily' } as const)[frequency]
  const text = days === null ? presetRule(preset, start, anchor)! : `FREQ=${frequency}${days && `;${days}`}`
  const rule = { ...readRecurrenceRule(text), interval }
  // Only in steps of several weeks does it matter where one begins.
  return frequency === 'WEEKLY' && interval > 1 && rule.byDay.length > 1 ? { ...rule, weekStart } : rule
}

/** The same as text, with its end. */
export function ruleText(rule: RecurrenceRule, end: { count: number | null; until: string | null }): string {
  const until = end.until === null ? null : { kind: 'date' as const, value: end.until }
  return formatRecurrenceRule({ ...rule, count: end.count, until })
}
