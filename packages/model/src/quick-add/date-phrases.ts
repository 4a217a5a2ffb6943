import { Temporal } from 'temporal-polyfill'
import { dayNumberOf, isLeapYear, weekdayOf } from '../civil-days.ts'
import { wallClock } from '../wall-clock.ts'
import { zonedInstant } from '../due.ts'
import { chronoDate, twoDigits } from './chrono.ts'
import { daysAfter, nextWeek, type Clock } from './clock.ts'
import { wordsOf, type Sentence, type Span } from './sentence.ts'
import { monthName, numberOf, weekdayNumber } from './vocabulary.ts'

/** `5 jan`, `5th of January`, `jan 5th`. */
export const MONTH_DAY = '(?:M\\.?[NO]|z?[NO]f?M\\.?)'

/** `tomorrow`, `next friday`, `sat 28 nov`, `jan 5, 2027`, `2027-01-05`, `in 3 days`, `next week`, `this weekend`, `25/12`, `24.12.`, `this` (evening). */
export const DAY =
  `(?:z?dkt|t|T|s(?=v)|W\\.?,?(?:Z|J\\.?)|[ns]?W\\.?(?:,?${MONTH_DAY}(?:,?Y)?)?|${MONTH_DAY}(?:,?Y)?|I|S|Z|J\\.?|` +
  '>[NHa][dwmyhi]|>U|n[wm]|[ns]X)'

/** Farther ahead a number of units is a title: “Around the world in 80 days”. */
const FARTHEST: Record<string, number> = { m: 600, h: 72, d: 60, w: 52, mo: 24, y: 10 }

/** A day of the year that was less than a month ago. */
const FARTHEST_OF_YEAR = 335

const FULL_WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')

/** A day, with the time where the phrase counts minutes or hours. */
export interface Day {
  date: string
  time: string | null
}

/** What a phrase of DAY means; null where it means no day, or one that is over. */
export function dayOf(sentence: Sentence, span: Span, clock: Clock): Day | null {
  const words = wordsOf(sentence, span)
    .map((word) => word.toLowerCase())
    .filter((word) => !',.'.includes(word))
  const kinds = sentence.kinds.slice(span.first, span.end)
  if (kinds.startsWith('>')) return hasTitleCase(sentence, span) ? null : dayAhead(words, clock)
  if (isNumberAlone(sentence, span)) return null
  const date = /^[Ts]$/.test(kinds) ? clock.today : (countedDate(words, kinds, clock) ?? namedDate(words, kinds, clock))
  return date && date >= clock.today ? { date, time: null } : null
}

function hasTitleCase(sentence: Sentence, { end }: Span): boolean {
  return /^[A-Z]/.test(sentence.words[end - 1]!.text)
}

/** From the week and the month of today. */
function countedDate(words: string[], kinds: string, { today, weekStart }: Clock): string | null {
  const inNextWeek = (weekday: number) => daysAfter(nextWeek(today, weekStart), (weekday - weekStart + 7) % 7)
  if (kinds === 'nw') return nextWeek(today, weekStart)
  if (kinds === 'nm') return `${addUnits(today, 1, 'mo').slice(0, 7)}-01`
  if (kinds === 'nX') return inNextWeek(5)
  if (kinds === 'sX') return daysAfter(today, (12 - weekdayOf(dayNumberOf(today))) % 7)
  return /^nW\.?$/.test(kinds) ? inNextWeek(weekdayNumber(words[1]!)) : null
}

function namedDate(words: string[], kinds: string, clock: Clock): string | null {
  const phrase = phraseOf(words, kinds)
  if (phrase === null) return null
  const date =
    chronoDate(
      phrase.replace(/^the (?=\d)|^(?=day after)/, (start) => (start ? '' : 'the ')),
      clock,
    ) ?? leapDay(phrase, clock)
  if (date !== null && /[MZJ]/.test(kinds) && !kinds.includes('Y') && isJustOver(date, clock)) return null
  // “Friday 5 January” where the 5th is no Friday: one of the two is a mistake, and nobody knows which.
  if (date === null || !kinds.includes('W')) return date
  const weekday = weekdayNumber(words.find((word) => FULL_WEEKDAYS.includes(knownToChrono(word)))!)
  return weekdayOf(dayNumberOf(date)) === weekday ? date : null
}

function phraseOf(words: string[], kinds: string): string | null {
  if (kinds === 'S') return isoDate(words[0]!)
  return /[ZJ]/.test(kinds) ? monthDay(words.at(-1)!) : words.map(knownToChrono).join(' ')
}

/** `2.10` is more often a version or a price than a day, and `5/5` a rating, unless something says that it is a day. */
function isNumberAlone({ kinds, words }: Sentence, { first, end }: Span): boolean {
  const before = kinds[first - 1] ?? ''
  if (end - first > 2 || !/[ZJ]/.test(kinds[first]!)) return false
  if (kinds[first] === 'J') return before !== 'p' && kinds[end - 1] !== '.'
  const [one, other] = words[first]!.text.split('/')
  return one === other && !/[pb]/.test(before) && words.length > 1
}

/** Yesterday's date is more often a mistake than next year's; 29 February may be years ahead. */
function isJustOver(date: string, { today }: Clock): boolean {
  return date > daysAfter(today, FARTHEST_OF_YEAR) && !date.endsWith('-02-29')
}

function knownToChrono(word: string): string {
  if (word === 'tmrw') return 'tmr'
  return (
    FULL_WEEKDAYS.find((name) => word.length >= 3 && word !== 'weds' && name.startsWith(word)) ??
    (word === 'weds' ? 'wednesday' : word)
  )
}

/** 29 February without a year is the next one that there is; chrono only looks into the next year. */
function leapDay(phrase: string, clock: Clock): string | null {
  if (!/\b29/.test(phrase) || !phrase.includes('feb') || /\d{4}/.test(phrase)) return null
  let year = Number(clock.today.slice(0, 4))
  while (!isLeapYear(year) || `${year}-02-29` < clock.today) year += 1
  return chronoDate(`${phrase} ${year}`, clock)
}

/** `31.12.2026` everywhere, `31/12/2026` or `12/31/2026` where only one of the two can be meant. */
function isoDate(text: string): string | null {
  const parts = dayAndMonth(text)
  return parts && `${text.slice(-4)}-${twoDigits(parts.month)}-${twoDigits(parts.day)}`
}

/** The same without a year: `31 dec`. `24/7` is always. */
function monthDay(text: string): string | null {
  const parts = text === '24/7' ? null : dayAndMonth(text)
  return parts && parts.month >= 1 && parts.month <= 12 ? `${parts.day} ${monthName(parts.month)}` : null
}

function dayAndMonth(text: string): { day: number; month: number } | null {
  const [first, second] = text.split(/[./]/).map(Number) as [number, number]
  if (text.includes('.') || first > 12 || first === second) return { day: first, month: second }
  return second > 12 ? { day: second, month: first } : null
}

/** `in 3 days`, `in an hour`, `in 30m`. Minutes and hours are real ones, also where the clock is changed between. */
function dayAhead(words: string[], clock: Clock): Day | null {
  const count = numberOf(words[1]!)
  const unit = unitOf(words.length === 2 ? words[1]!.replace(/^\d+/, '') : words[2]!)
  if (count < 1 || count > FARTHEST[unit]!) return null
  if (unit !== 'm' && unit !== 'h') return { date: addUnits(clock.today, count, unit), time: null }
  const at = clock.now.getTime() + count * (unit === 'm' ? 60_000 : 3_600_000)
  const moment = wallClock(at, clock.timeZone).slice(0, 16)
  // An hour that comes twice is its first pass to everything else here.
  if (Math.abs(Date.parse(zonedInstant(moment, clock.timeZone)) - at) > 60_000) return null
  return { date: moment.slice(0, 10), time: moment.slice(11) }
}

export type Unit = 'm' | 'h' | 'd' | 'w' | 'mo' | 'y'

/** `minutes` → `m`, `months` → `mo`. */
export function unitOf(word: string): Unit {
  return word.startsWith('mo') ? 'mo' : (word[0]!.toLowerCase() as Unit)
}

/** A day so many units later, in a shorter month on its last day. */
export function addUnits(date: string, count: number, unit: 'd' | 'w' | 'mo' | 'y'): string {
  const key = { d: 'days', w: 'weeks', mo: 'months', y: 'years' }[unit]
  return Temporal.PlainDate.from(date)
    .add({ [key]: count })
    .toString()
}
