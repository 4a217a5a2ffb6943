import { kindOf } from './vocabulary.ts'

/** A word or a punctuation mark, and where it is in the text. */
export interface Word {
  text: string
  from: number
  to: number
}

/** A line taken apart: `kinds` has one letter for each word (see vocabulary.ts). */
export interface Sentence {
  text: string
  words: Word[]
  kinds: string
}

/** A stretch of words, the last one not included. */
export interface Span {
  first: number
  end: number
}

interface Range {
  from: number
  to: number
}

const LEADING = '([{"\'“‘'
const TRAILING = '.,;:!?…)]}"\'”’'

/** `hidden` is what was understood or is not to be: a word of it is taken whole, and has its mark for a kind. */
export function readSentence(text: string, hidden: readonly (Range & { mark: '|' | '#' })[]): Sentence {
  const words: Word[] = []
  let kinds = ''
  let at = 0
  for (const { from, to, mark } of hidden) {
    for (const word of wordsIn(text.slice(at, from), at)) {
      words.push(word)
      kinds += kindOfWord(word.text)
    }
    words.push({ text: text.slice(from, to), from, to })
    kinds += mark
    at = to
  }
  for (const word of wordsIn(text.slice(at), at)) {
    words.push(word)
    kinds += kindOfWord(word.text)
  }
  return { text, words, kinds }
}

function kindOfWord(text: string): string {
  if (text === '–' || text === '—') return '-'
  if (text.length === 1 && '.,;:!?…()-'.includes(text)) return text === '…' ? '.' : text
  return kindOf(text)
}

/** Words between white space, with the punctuation around each taken off, and `mon,wed` taken apart. */
function wordsIn(text: string, offset: number): Word[] {
  return [...text.matchAll(/\S+/gu)].flatMap((match) => peeled(match[0], offset + match.index))
}

function peeled(run: string, from: number): Word[] {
  let first = 0
  let end = run.length
  while (first < end && LEADING.includes(run[first]!)) first += 1
  while (end > first && TRAILING.includes(run[end - 1]!)) end -= 1
  const core = run.slice(first, end)
  const pieces = /^[a-z]+(?:,[a-z]+)+$/i.test(core) ? core.split(/(,)/) : [core]
  const marks = [...run.slice(0, first).split(''), ...pieces, ...run.slice(end).split('')]
  let at = from
  return marks.flatMap((text) => {
    const word = { text, from: at, to: at + text.length }
    at = word.to
    return text === '' ? [] : [word]
  })
}

/** The words of a span are marked: understood, or not to be. */
export function markSpan(sentence: Sentence, { first, end }: Span, mark: '|' | '~' | '#'): Sentence {
  const { kinds } = sentence
  return { ...sentence, kinds: kinds.slice(0, first) + mark.repeat(end - first) + kinds.slice(end) }
}

export function rangeOf({ words }: Sentence, { first, end }: Span): Range {
  return { from: words[first]!.from, to: words[end - 1]!.to }
}

export function wordsOf({ words }: Sentence, { first, end }: Span): string[] {
  return words.slice(first, end).map((word) => word.text)
}

/** A pattern of kinds that matches from a word on: the span of the whole and of each named piece of it. */
export function matchAt(sentence: Sentence, pattern: RegExp, first: number): Match | null {
  pattern.lastIndex = first
  const match = pattern.exec(sentence.kinds)
  if (!match || match[0] === '') return null
  const pieces: Record<string, Span> = {}
  for (const [name, indices] of Object.entries(match.indices?.groups ?? {})) {
    if (indices && indices[0] < indices[1]) pieces[name] = { first: indices[0], end: indices[1] }
  }
  return { first, end: first + match[0].length, pieces }
}

export interface Match extends Span {
  pieces: Record<string, Span>
}

/** A pattern for matchAt. */
export function pattern(source: string): RegExp {
  return new RegExp(source, 'dy')
}
