import { isPast, type Clock } from './clock.ts'
import { DAY, dayOf } from './date-phrases.ts'
import { matchAt, pattern, wordsOf, type Match, type Sentence, type Span } from './sentence.ts'
import { isOver, mayFollowWhatIsBefore, opensLine } from './surroundings.ts'
import { TIME, timeOf, tonightTime } from './time-phrases.ts'

/** A day, a time or both, and where they are. */
export interface DuePhrase extends Span {
  date: string | null
  time: string | null
  /** A day of the week alone: there is another one in a week. */
  isWeekday: boolean
  /** Not taken: a day with a time, such as one of the past, a day in the middle of the title, or numbers that may be one. */
  doubt: 'moment' | 'day' | 'numbers' | null
}

const PREPOSITION = '(?<preposition>[pb]{0,2})'
const DAY_FIRST = pattern(`${PREPOSITION}(?<day>${DAY})(?:,?b?(?<time>${TIME}))?`)
const TIME_FIRST = pattern(`(?<preposition>b?)(?<time>${TIME})(?:,?[pb]{0,2}(?<day>${DAY}))?`)

/** Days that have another meaning with the word before them. */
const NAMED_DAYS = new Set(
  'black good ash cyber super palm easter casual bloody freaky ruby blue fat maundy sheffield man girl manic usa'.split(
    ' ',
  ),
)

/** After these a number with a colon is a place in a book, or a score. */
const PLACES = new Set(
  (
    'genesis exodus leviticus numbers deuteronomy joshua judges samuel kings chronicles ezra nehemiah esther job psalm ' +
    'psalms proverbs ecclesiastes isaiah jeremiah ezekiel daniel hosea joel amos jonah micah zechariah malachi matthew ' +
    'mark luke john acts romans corinthians galatians ephesians philippians colossians timothy titus hebrews james ' +
    'peter jude revelation page chapter verse track ratio score sura surah high'
  ).split(' '),
)

/** A day that is not understood, or several: the time behind it is theirs. */
const SHORT_DATE = /^\d{1,2}[./]\d{1,2}(?:$|\D)/

/** The phrase that begins at a word; null where none does, or where it may be a part of the title. */
export function duePhraseAt(sentence: Sentence, first: number, clock: Clock): DuePhrase | null {
  for (const phrase of [DAY_FIRST, TIME_FIRST]) {
    const match = matchAt(sentence, phrase, first)
    if (!match) continue
    const { day } = match.pieces
    const isWeekday = day !== undefined && /^s?W\.?$/.test(sentence.kinds.slice(day.first, day.end))
    const stands = mayBegin(sentence, match) && mayEnd(sentence, match)
    const moment = stands ? momentOf(sentence, match, clock) : null
    if (moment) return { first, end: match.end, isWeekday, doubt: null, ...moment }
    const doubt = doubtOf(sentence, match, stands)
    if (doubt) return { first, end: match.end, isWeekday, doubt, date: null, time: null }
  }
  return null
}

/** A day and a time without looking at what is around: after `remind`, `until` and `starting`. */
export function momentOf(
  sentence: Sentence,
  { pieces }: Pick<Match, 'pieces'>,
  clock: Clock,
): Pick<DuePhrase, 'date' | 'time'> | null {
  const day = pieces['day'] ? dayOf(sentence, pieces['day'], clock) : null
  const time = pieces['time'] ? timeOf(sentence, pieces['time'], clock) : null
  if ((pieces['day'] && !day) || (pieces['time'] && !time)) return null
  // “in 2 hours at 9” says two times.
  if (day?.time && time) return null
  if (pieces['day'] && 'Ts'.includes(sentence.kinds.slice(pieces['day'].first, pieces['day'].end))) {
    return laterToday(sentence.kinds[pieces['day'].first] === 'T' ? tonightTime(time) : time!, clock)
  }
  return { date: day?.date ?? null, time: day?.time ?? time }
}

function hasPreposition(sentence: Sentence, { first, pieces }: Match): boolean {
  return pieces['preposition'] !== undefined || '@>'.includes(sentence.kinds[first]!)
}

function mayBegin(sentence: Sentence, match: Match): boolean {
  const { day, time } = match.pieces
  if (isDecimal(sentence, match)) return false
  const before = sentence.words[match.first - 1]?.text.toLowerCase() ?? ''
  const isAnnounced = hasPreposition(sentence, match)
  if (!mayFollowWhatIsBefore(sentence, match, isAnnounced)) return false
  if (isAnnounced || isWholeLine(sentence, match)) return true
  if (!day) return !PLACES.has(before) && !SHORT_DATE.test(before) && isClearTime(sentence, time!)
  if (sentence.kinds[day.first] === 'Z' && PLACES.has(before)) return false
  return !NAMED_DAYS.has(before) && (time !== undefined || !isAlsoAWord(sentence, day))
}

function mayEnd(sentence: Sentence, match: Match): boolean {
  return isOver(sentence, match.end) || (mayOpenLine(sentence, match) && opensLine(sentence, match))
}

/** What is left of today: at ten in the evening `tonight` has no other time, and `this evening` is over. */
function laterToday(time: string, clock: Clock): Pick<DuePhrase, 'date' | 'time'> {
  return { date: clock.today, time: isPast(clock.today, time, clock) ? null : time }
}

/** Why what is around a phrase that is not taken may not be taken either: see planOf. */
function doubtOf(sentence: Sentence, match: Match, stands: boolean): DuePhrase['doubt'] {
  const { day, time } = match.pieces
  if (!day) return null
  if (isDecimal(sentence, match)) return isDottedWithin(sentence, day) ? 'numbers' : null
  if (time || (stands && isWeekdayOfDate(sentence, day))) return 'moment'
  if (mayBeDay(sentence, match)) return 'numbers'
  const namesDay = /[MW]/.test(sentence.kinds.slice(day.first, day.end)) && !isAlsoAWord(sentence, day)
  return namesDay && !stands ? 'day' : null
}

/** `25/12` and `on 3/4`, but not the `3/4` of “Read 3/4”. */
function mayBeDay(sentence: Sentence, match: Match): boolean {
  const { day } = match.pieces
  if (!day || !/[ZJ]/.test(sentence.kinds[day.first]!)) return false
  const [one = 0, other = 0] = sentence.words[day.first]!.text.split(/[./]/).map(Number)
  return hasPreposition(sentence, match) || (Math.max(one, other) > 12 && Math.min(one, other) <= 12 && other !== 7)
}

/** `friday 5 dec`: understood as a whole, or not at all. */
function isWeekdayOfDate({ kinds }: Sentence, { first, end }: Span): boolean {
  return /W.*[MZJ]|M.*W/.test(kinds.slice(first, end))
}

/** `sat`, `sun`, `wed` and `25/12` need something that makes them days. */
function isAlsoAWord(sentence: Sentence, day: Span): boolean {
  return day.end === day.first + 1 && /^(?:sat|sun|wed|\d+\/\d+)$/i.test(wordsOf(sentence, day)[0]!)
}

/** `2.10` is more often a version or a price than a day: unless after `on`, or as `2.10.` beside a time or alone. */
function isDecimal(sentence: Sentence, match: Match): boolean {
  const { kinds } = sentence
  const { day, time, preposition } = match.pieces
  if (!day || kinds[day.first] !== 'J') return false
  if (preposition && kinds.slice(preposition.first, preposition.end).includes('p')) return false
  return kinds[day.first + 1] !== '.' || !(time || isWholeLine(sentence, match))
}

/** `24.12.` and more behind it: such a dot ends no sentence. */
const isDottedWithin = ({ kinds, words }: Sentence, { first, end }: Span): boolean =>
  kinds[first + 1] === '.' && end < words.length

const isWholeLine = ({ words }: Sentence, { first, end }: Span): boolean => end - first === words.length

/** A time alone: `9am`, `18:30` and `noon` are one; `9:30` is where a rule follows, `morning` is a word. */
function isClearTime(sentence: Sentence, time: Span): boolean {
  const kinds = sentence.kinds.slice(time.first, time.end)
  if (/^(?:C>zv|NP|R)/.test(kinds)) return true
  return kinds[0] === 'C' && (/m$|^\d\d:/i.test(wordsOf(sentence, time)[0]!) || sentence.kinds[time.end] === '~')
}

/** What may stand before the thing to do: “tomorrow call Bob”, “on monday …”, “18:30 dinner”, “monday 9am …”. */
function mayOpenLine(sentence: Sentence, match: Match): boolean {
  const { day, time } = match.pieces
  const kinds = sentence.kinds.slice(match.first, match.end)
  if (/^@N$/.test(kinds)) return false
  // “Friday night lights”
  const hasHour = day && time && /[CNR]/.test(sentence.kinds.slice(time.first, time.end))
  return hasPreposition(sentence, match) || hasHour || /^(?:[tTIC]|NP|z?dkt)/.test(kinds)
}
