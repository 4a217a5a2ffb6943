import { chronoTime, twoDigits } from './chrono.ts'
import type { Clock } from './clock.ts'
import { wordsOf, type Sentence, type Span } from './sentence.ts'

/** `at 9`, `9am`, `9 pm`, `18:30`, `noon`, `at 9 in the morning`, `evening`, `evening at 7`, `in the evening`. */
export const TIME = '(?:@?(?:C|NP\\.?)(?:>zv)?|@N(?:>zv)?|@?R|(?:>z)?v(?:,?@?(?:C|NP\\.?)|@N)?)'

/** What a part of the day is where no hour is given. */
const HOURS: Record<string, number> = { morning: 9, afternoon: 15, evening: 18, night: 20 }

/** Hours that are in the afternoon where nothing says otherwise: nobody is called at three in the night. */
const LAST_AFTERNOON_HOUR = 6

/** The time of day of a phrase, `09:00`; null where there is none. */
export function timeOf(sentence: Sentence, span: Span, clock: Clock): string | null {
  const words = wordsOf(sentence, span)
    .map((word) => word.toLowerCase().replaceAll('.', ''))
    .filter((word) => word !== ',' && word !== '')
  const part = words.find((word) => word in HOURS)
  const clockWords = words.filter((word) => !['at', '@', 'in', 'the', part].includes(word))
  if (clockWords.length === 0) return part ? `${twoDigits(HOURS[part]!)}:00` : null
  const phrase = clockWords.join(' ')
  const read = chronoTime(phrase === 'noon' ? phrase : `at ${phrase}`, clock)
  if (!read) return null
  const hour = Number(read.time.slice(0, 2))
  if (read.hasHalf) return part && isAfternoon(part) !== hour >= 12 && hour !== 0 ? null : read.time
  const isLater = part ? isAfternoon(part) : hour <= LAST_AFTERNOON_HOUR && !phrase.startsWith('0')
  return isLater ? `${twoDigits((hour % 12) + 12)}${read.time.slice(2)}` : read.time
}

function isAfternoon(part: string): boolean {
  return part !== 'morning'
}

/** `tonight at 9` is nine in the evening. */
export function tonightTime(time: string | null): string {
  if (time === null) return `${HOURS['night']}:00`
  const hour = Number(time.slice(0, 2))
  return hour >= 1 && hour < 12 ? `${twoDigits(hour + 12)}${time.slice(2)}` : time
}
