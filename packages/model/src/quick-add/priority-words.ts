import type { Priority } from '../task.ts'
import type { SpannedPart } from './part-range.ts'
import type { PlainParts } from './plain-parts.ts'
import { rangeOf, type Sentence } from './sentence.ts'

const PRIORITIES: Record<string, Priority> = { p1: 'high', p2: 'medium', p3: 'low' }

/**
 * `p1` to `p3`, right behind another part and before nothing but parts: everywhere else it may be a page (“Read p2”),
 * a cell or a name.
 */
export function findPriorities(sentence: Sentence, plain: PlainParts): SpannedPart[] {
  const found: SpannedPart[] = []
  let { kinds } = sentence
  sentence.words.forEach(({ text }, index) => {
    const priority = PRIORITIES[text.toLowerCase()]
    if (!priority || !/\|,?$/.test(kinds.slice(Math.max(0, index - 2), index))) return
    if (!/^(?:[|.,;!]|$)/.test(kinds.slice(index + 1, index + 2)) || plain.has('priority', text)) return
    const span = { first: index, end: index + 1 }
    kinds = kinds.slice(0, index) + '|' + kinds.slice(index + 1)
    found.push({ span, part: { kind: 'priority', ...rangeOf(sentence, span), priority } })
  })
  return found
}
