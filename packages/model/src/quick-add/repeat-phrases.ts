import type { Recurrence } from '../task.ts'
import type { Clock } from './clock.ts'
import { addUnits, DAY, dayOf, unitOf } from './date-phrases.ts'
import { momentOf } from './due-phrases.ts'
import { REPEAT_PATTERNS } from './repeat-patterns.ts'
import { repeatOf, type Repeat } from './repeat-rules.ts'
import { matchAt, pattern, wordsOf, type Match, type Sentence, type Span } from './sentence.ts'
import { isOver, mayFollowWhatIsBefore, opensLine } from './surroundings.ts'
import { TIME, timeOf } from './time-phrases.ts'
import { numberOf } from './vocabulary.ts'

/** After how many, or so long after the first, or on which day a series is over. */
interface RepeatEnd {
  count: number | null
  until: string | null
  duration: { count: number; unit: 'd' | 'w' | 'mo' | 'y' } | null
}

/** How something repeats, as far as the phrase says it. */
export interface RepeatPhrase extends Span, RepeatEnd {
  repeat: Repeat
  anchor: Recurrence['anchor']
  time: string | null
  /** A day before which the series does not begin. */
  notBefore: string | null
}

/** What may follow how often: each once, in any order, with or without commas. */
const TAILS = {
  time: pattern(`,?(?<time>${TIME})`),
  until: pattern(`,?up?(?<day>${DAY})`),
  count: pattern(',?F?(?<number>[NH])x'),
  duration: pattern(',?F(?<number>[NHa])(?<unit>[dwmy])'),
  notBefore: pattern(`,?(?:gG?|G)p?(?<day>${DAY})`),
  anchor: pattern(',?[kG]c'),
}
type Tail = keyof typeof TAILS

/** The phrase that begins at a word; null where none does, or where it may be a part of the title. */
export function repeatPhraseAt(sentence: Sentence, first: number, clock: Clock): RepeatPhrase | null {
  if (!'EbApzOoL'.includes(sentence.kinds[first]!)) return null
  for (const each of REPEAT_PATTERNS) {
    const match = matchAt(sentence, each, first)
    const repeat = match && repeatOf(sentence, match)
    if (!repeat) continue
    const phrase = withTails(sentence, phraseOf(sentence, match, repeat), clock)
    if (stands(sentence, phrase, clock)) return phrase
  }
  return null
}

function phraseOf(sentence: Sentence, { first, end, pieces }: Match, repeat: Repeat): RepeatPhrase {
  const unit = pieces['unit']
  // “every morning” ends before what is its time.
  const isPartOfDay = unit !== undefined && sentence.kinds[unit.first] === 'v'
  const anchor = pieces['completion'] ? 'completion' : 'due'
  const open = { time: null, notBefore: null, count: null, until: null, duration: null }
  return { first, end: isPartOfDay ? unit.first : end, repeat, anchor, ...open }
}

function withTails(sentence: Sentence, phrase: RepeatPhrase, clock: Clock): RepeatPhrase {
  const left = new Set(Object.keys(TAILS) as Tail[])
  let longest = phrase
  for (;;) {
    const next = tailAt(sentence, longest.end, left, clock)
    if (!next) return longest
    left.delete(next.tail)
    longest = { ...longest, ...next.said, end: next.end }
  }
}

function tailAt(sentence: Sentence, first: number, tails: ReadonlySet<Tail>, clock: Clock) {
  for (const tail of tails) {
    const match = matchAt(sentence, TAILS[tail], first)
    const said = match && readTail[tail](sentence, match, clock)
    if (said) return { tail, said, end: match.end }
  }
  return null
}

const readTail: Record<Tail, (sentence: Sentence, match: Match, clock: Clock) => Partial<RepeatPhrase> | null> = {
  time: (sentence, { pieces }, clock) => {
    const time = timeOf(sentence, pieces['time']!, clock)
    return time === null ? null : { time }
  },
  until: (sentence, { pieces }, clock) => {
    const day = dayOf(sentence, pieces['day']!, clock)
    return day && day.time === null ? { until: day.date } : null
  },
  count: (sentence, { pieces }) => ({ count: numberOf(wordsOf(sentence, pieces['number']!)[0]!) }),
  duration: (sentence, { pieces }) => {
    const count = numberOf(wordsOf(sentence, pieces['number']!)[0]!)
    const unit = unitOf(wordsOf(sentence, pieces['unit']!)[0]!) as 'd' | 'w' | 'mo' | 'y'
    return count < 1 ? null : { duration: { count, unit } }
  },
  notBefore: (sentence, match, clock) => {
    const moment = momentOf(sentence, match, clock)
    return moment && moment.time === null ? { notBefore: moment.date } : null
  },
  anchor: () => ({ anchor: 'completion' }),
}

/** Words after which the days are others than the phrase says. */
const NARROWING =
  /^(?:except|excluding|but|unless|if|during|between|of|from|within|when|while|until|till|starting|beginning|or|as|after)$/

/** The same of “in june”, “on day 5” and “15th”. */
const NARROWER = /^(?:>[zns]?[MYmwyj]|p?z?(?:dN|[NOL]))/

function stands(sentence: Sentence, phrase: RepeatPhrase, clock: Clock): boolean {
  const head = sentence.kinds[phrase.first]!
  if (!mayFollowWhatIsBefore(sentence, phrase, 'pb'.includes(head))) return false
  if (head === 'A' && !isAdverb(sentence, phrase)) return false
  if (firstDayFollows(sentence, phrase.end, clock)) return true
  const next = sentence.words[phrase.end]?.text.toLowerCase() ?? ''
  if (NARROWING.test(next) || NARROWER.test(sentence.kinds.slice(phrase.end))) return false
  return isOver(sentence, phrase.end) || ('Eb'.includes(head) && opensLine(sentence, phrase))
}

/** `daily` where nothing follows; “the Daily” is a paper, “daily standup” a name. */
function isAdverb(sentence: Sentence, { first, end }: Span): boolean {
  const [word] = wordsOf(sentence, { first, end: first + 1 })
  const hasMore = end > first + 1
  const ends = '|.!,'.includes(sentence.kinds[end] ?? '|') || hasMore
  return ends && (word === word!.toLowerCase() || first === 0)
}

const FIRST_DAY = pattern(`[pb]?(?<day>${DAY})(?:,?b?(?<time>${TIME}))?`)

/** Right behind: “every 2 weeks tomorrow”, “every 3 days tomorrow 9am”. */
function firstDayFollows(sentence: Sentence, first: number, clock: Clock): boolean {
  const match = matchAt(sentence, FIRST_DAY, first)
  return match !== null && isOver(sentence, match.end) && momentOf(sentence, match, clock) !== null
}

/** Whether “every” stands before a day or a unit, though no phrase was found there. */
export function saysToRepeat({ kinds }: Sentence): boolean {
  return /E!?(?:[OoL2NHz]{0,3}[WMKX567dwmyqvhi]|O)/.test(kinds)
}

/** The last day of a series that is to go on for so long from its first day. */
export function lastDayOf({ duration, until }: RepeatEnd, firstDay: string): string | null {
  if (!duration) return until
  const after = addUnits(firstDay, duration.count, duration.unit)
  return addUnits(after, -1, 'd')
}
