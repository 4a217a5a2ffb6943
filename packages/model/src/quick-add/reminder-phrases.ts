import type { Clock } from './clock.ts'
import { DAY, unitOf } from './date-phrases.ts'
import { momentOf } from './due-phrases.ts'
import { matchAt, pattern, wordsOf, type Sentence, type Span } from './sentence.ts'
import { isOver } from './surroundings.ts'
import { TIME } from './time-phrases.ts'
import { numberOf } from './vocabulary.ts'

/** When to be reminded, as the phrase says it. */
export interface ReminderPhrase extends Span {
  minutesBefore: number[]
  moment: { date: string | null; time: string | null } | null
}

const DISTANCE = '(?:U|[NHaz][dwhi])'
const BEFORE = pattern(`[rQ]e?(?<distances>${DISTANCE}(?:(?:,?&|,)${DISTANCE}){0,5})B`)
const DAY_FIRST = pattern(`re?[pb]?(?<day>${DAY})(?:,?(?<time>${TIME}))?`)
const TIME_FIRST = pattern(`re?(?<time>${TIME})(?:,?p?(?<day>${DAY}))?`)

const MINUTES: Record<string, number> = { m: 1, h: 60, d: 1_440, w: 10_080 }

/** As the API takes it. */
const MOST_MINUTES = 525_600

/** `remind 1d before`, `remind me an hour before`, `remind at 8am`, `remind tomorrow 9:00`. */
export function reminderPhraseAt(sentence: Sentence, first: number, clock: Clock): ReminderPhrase | null {
  if (!'rQ'.includes(sentence.kinds[first]!) || sentence.words[first - 1]?.text.toLowerCase() === 'to') return null
  const before = matchAt(sentence, BEFORE, first)
  if (before && stands(sentence, before.end)) {
    const minutesBefore = distancesIn(sentence, before.pieces['distances']!)
    return minutesBefore && { first, end: before.end, minutesBefore, moment: null }
  }
  for (const each of [DAY_FIRST, TIME_FIRST]) {
    const match = matchAt(sentence, each, first)
    const moment = match && stands(sentence, match.end) ? momentOf(sentence, match, clock) : null
    if (match && moment) return { first, end: match.end, minutesBefore: [], moment }
  }
  return null
}

/** “Remind me tomorrow to call Bob” is about tomorrow, and the rest of it what to do. */
function stands(sentence: Sentence, end: number): boolean {
  return isOver(sentence, end) && sentence.words[end]?.text.toLowerCase() !== 'to'
}

function distancesIn(sentence: Sentence, { first, end }: Span): number[] | null {
  const minutes: number[] = []
  for (let index = first; index < end; index += 1) {
    const kind = sentence.kinds[index]!
    if (!'UNHaz'.includes(kind)) continue
    const [word, next] = wordsOf(sentence, { first: index, end: index + 2 })
    const unit = unitOf(kind === 'U' ? word!.replace(/^\d+/, '') : next!)
    minutes.push(numberOf(word!) * MINUTES[unit]!)
  }
  return minutes.every((each) => each <= MOST_MINUTES) ? minutes : null
}
