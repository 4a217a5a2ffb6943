import { isVisible } from '../visible-text.ts'
import type { FoundPart } from './part-range.ts'
import type { Sentence } from './sentence.ts'

/**
 * The punctuation that would be left hanging goes with its part: between two of them, after the last one, after one
 * that opens the line, and before those that end it.
 */
export function absorbPunctuation({ text, words, kinds }: Sentence, parts: FoundPart[]): FoundPart[] {
  const ranges = parts.map((part) => ({ ...part }))
  const ending = /[|.,;:!?-]*$/.exec(kinds)![0]
  const opening = /^\|[|.,;:-]*/.exec(kinds)?.[0] ?? ''
  words.forEach(({ from, to }, index) => {
    if (!'.,;:!?-'.includes(kinds[index]!)) return
    const isBetween = index >= kinds.length - ending.length || index < opening.length
    const before = ranges.find((range) => text.slice(range.to, from).trim() === '' && range.to <= from)
    if (before && (isBetween || kinds[index + 1] === '|')) before.to = to
    else if (isBetween && ending.includes('|') && ',;-'.includes(kinds[index]!)) {
      const after = ranges.find((range) => text.slice(to, range.from).trim() === '' && range.from >= to)
      if (after) after.from = from
    }
  })
  return ranges
}

/** What is left of a line without its parts; all of it where nothing to be seen is left. */
export function titleOf(text: string, parts: readonly FoundPart[]): string {
  let left = ''
  let at = 0
  for (const { from, to } of parts) {
    left += text.slice(at, from)
    // No space before the comma that followed the part.
    left = /^[.,;:!?]/.test(text.slice(to, to + 1)) ? left.trimEnd() : `${left} `
    at = to
  }
  left += text.slice(at)
  return singleLine(isVisible(left) ? left : text)
}

function singleLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
