import { REPEAT_MINUTES } from '../task.ts'
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
  /** How often it comes until the task is done; null: once. */
  repeatMinutes: number | null
}

const DISTANCE = '(?:U|[NHaz][dwhi])'
const BEFORE = pattern(`[rQ]e?(?<distances>${DISTANCE}(?:(?:,?&|,)${DISTANCE}){0,5})B`)
const DAY_FIRST = pattern(`re?[pb]?(?<day>${DAY})(?:,?(?<time>${TIME}))?`)
const TIME_FIRST = pattern(`re?(?<time>${TIME})(?:,?p?(?<day>${DAY}))?`)
const ONLY_AGAIN = pattern('[rQ]e?(?=E|u)')
const UNTIL_DONE = pattern(',?(?:E(?<distance>U|[NHa]?[dhi]))?uD')

/** Where it is not said how often. */
const USUAL_REPEAT_MINUTES = 10

const MINUTES: Record<string, number> = { m: 1, h: 60, d: 1_440, w: 10_080 }

/** As the API takes it. */
const MOST_MINUTES = 525_600

/** `remind 1d before`, `remind me an hour before`, `remind at 8am`, `remind tomorrow 9:00`; each `every 10 min until done`. */
export function reminderPhraseAt(sentence: Sentence, first: number, clock: Clock): ReminderPhrase | null {
  if (!'rQ'.includes(sentence.kinds[first]!) || sentence.words[first - 1]?.text.toLowerCase() === 'to') return null
  const before = matchAt(sentence, BEFORE, first)
  const ofBefore = before && endOf(sentence, before.end)
  if (ofBefore) {
    const minutesBefore = distancesIn(sentence, before.pieces['distances']!)
    return minutesBefore && { first, ...ofBefore, minutesBefore, moment: null }
  }
  for (const each of [DAY_FIRST, TIME_FIRST]) {
    const match = matchAt(sentence, each, first)
    const end = match && endOf(sentence, match.end)
    const moment = end && momentOf(sentence, match, clock)
    if (moment) return { first, ...end, minutesBefore: [], moment }
  }
  const again = matchAt(sentence, ONLY_AGAIN, first)
  const ofAgain = again && endOf(sentence, again.end)
  return ofAgain && { first, ...ofAgain, minutesBefore: [0], moment: null }
}

type PhraseEnd = Pick<ReminderPhrase, 'end' | 'repeatMinutes'>

/** Where a phrase is over that is complete up to `end`, with how often it is to come; null where it cannot be one. */
function endOf(sentence: Sentence, end: number): PhraseEnd | null {
  const untilDone = matchAt(sentence, UNTIL_DONE, end)
  if (!untilDone) return stands(sentence, end) ? { end, repeatMinutes: null } : null
  const { distance } = untilDone.pieces
  const repeatMinutes = distance ? minutesOf(sentence, distance) : USUAL_REPEAT_MINUTES
  const isOffered = repeatMinutes >= REPEAT_MINUTES.min && repeatMinutes <= REPEAT_MINUTES.max
  return isOffered && stands(sentence, untilDone.end) ? { end: untilDone.end, repeatMinutes } : null
}

/** “Remind me tomorrow to call Bob” is about tomorrow, and the rest of it what to do. */
function stands(sentence: Sentence, end: number): boolean {
  return isOver(sentence, end) && sentence.words[end]?.text.toLowerCase() !== 'to'
}

function distancesIn(sentence: Sentence, { first, end }: Span): number[] | null {
  const minutes: number[] = []
  for (let index = first; index < end; index += 1) {
    if ('UNHaz'.includes(sentence.kinds[index]!)) minutes.push(minutesOf(sentence, { first: index, end: index + 2 }))
  }
  return minutes.every((each) => each <= MOST_MINUTES) ? minutes : null
}

/** `10m`, `2 hours`, `an hour`, `day`. */
function minutesOf(sentence: Sentence, { first, end }: Span): number {
  const [word, next] = wordsOf(sentence, { first, end })
  if (sentence.kinds[first] === 'U') return numberOf(word!) * MINUTES[unitOf(word!.replace(/^\d+/, ''))]!
  const isUnit = 'dhi'.includes(sentence.kinds[first]!)
  return (isUnit ? 1 : numberOf(word!)) * MINUTES[unitOf(isUnit ? word! : next!)]!
}
