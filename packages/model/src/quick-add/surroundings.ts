import type { Sentence, Span } from './sentence.ts'

/*
 * Whether a phrase stands where people put one, or is a part of what the task is called: “Call Bob monday” and
 * “Send the Monday notes”. A phrase is taken where it ends the line, or where something follows that no name goes on
 * with; and not after a word that makes it belong to something else.
 */

const NOT_AFTER = words(
  'the a an and or of for from since to before after until till than through thru during about between past previous ' +
    'last other every each this next within around versus vs not never no except almost nearly twice thrice bi semi my your ' +
    'his her our their old times on by at in due starting starts beginning &',
)

/** Even where the phrase begins with its own preposition. */
const NEVER_AFTER = words('not never except or and since than unless')

const MAY_FOLLOW = words(
  'with for about and to in at on by via or if but because re then so from before after while when as every remind reminder p1 p2 p3',
)

/** A sentence about the phrase, not a thing to do at that time: “Every day is a gift”, “Tomorrow never dies”. */
const TELLS = words(
  'is was are were am be has have had will would can could should must may might never always matters counts people ' +
    'show land night carry life time times notice supply',
)

/** A list that there is not, or a priority: a slip in it costs no date. */
const MEANT_AS_MARK = /^[/!]\p{L}/u

const GOES_ON = words('to - – — until till through thru or and , & / +')

/** What a list or a range of dates or days goes on with. */
const DATE_LIKE = /[WMtTISZJCOE75]|N[MP]|L[WKd]|@[NCR]/y

function words(text: string): Set<string> {
  return new Set(text.split(' '))
}

const wordAt = ({ words }: Sentence, index: number): string => words[index]?.text.toLowerCase() ?? ''

/** Whether what stands before a phrase lets it be one. */
export function mayFollowWhatIsBefore(sentence: Sentence, { first }: Span, hasPreposition: boolean): boolean {
  const before = wordAt(sentence, first - 1)
  if ('(OoL2E'.includes(sentence.kinds[first - 1] ?? '_')) return false
  if (hasPreposition) return !NEVER_AFTER.has(before)
  if (/['’]s$|^\d+x$/.test(before)) return false
  if (sentence.kinds[first - 1] === '-') return !/[WMtTISZJCOE75NYP][.]?-$/.test(sentence.kinds.slice(0, first))
  // “mon, wed, fri”: the last of them is not the day.
  if (sentence.kinds[first] === 'W' && /W\.?[,&]?$/.test(sentence.kinds.slice(0, first))) return false
  return !NOT_AFTER.has(before)
}

/** Whether a phrase is over: the line ends, a part follows, a mark, or a word that begins something new. */
export function isOver(sentence: Sentence, end: number): boolean {
  const kind = sentence.kinds[end]
  if (goesOn(sentence, end)) return false
  const next = wordAt(sentence, end)
  return (
    kind === undefined || '|~.,;!?'.includes(kind) || kind === '-' || MAY_FOLLOW.has(next) || MEANT_AS_MARK.test(next)
  )
}

/** Whether a phrase is one of several: “monday to friday”, “tomorrow or friday”. Half of them would be wrong. */
export function goesOn(sentence: Sentence, end: number): boolean {
  if (!GOES_ON.has(wordAt(sentence, end))) return false
  if (/^(?:to|-|–|—|until|till)$/.test(wordAt(sentence, end)) && sentence.kinds[end + 1] === 'N') return true
  const next = ',&'.includes(sentence.kinds[end]!) && sentence.kinds[end + 1] === '&' ? end + 2 : end + 1
  return isDateLike(sentence, sentence.kinds[next] === 'z' || sentence.kinds[next] === 'p' ? next + 1 : next)
}

function isDateLike({ kinds }: Sentence, index: number): boolean {
  DATE_LIKE.lastIndex = Math.max(0, index)
  return index >= 0 && DATE_LIKE.test(kinds)
}

/** Whether a phrase begins the line, and a thing to do follows it. */
export function opensLine(sentence: Sentence, { first, end }: Span): boolean {
  if (!/^[|~]*$/.test(sentence.kinds.slice(0, first)) || goesOn(sentence, end)) return false
  const next = wordAt(sentence, end)
  return !TELLS.has(next) && !')(-'.includes(sentence.kinds[end] ?? '_')
}
