import { tagKey } from '../tag-key.ts'
import { tagOf } from '../tag-text.ts'
import { LIMITS } from '../limits.ts'
import type { Priority } from '../task.ts'
import { ListNames } from './list-names.ts'
import type { FoundPart, TextRange } from './part-range.ts'
import type { PlainParts } from './plain-parts.ts'
import type { QuickAddContext } from './quick-add.ts'

const PRIORITY_MARKS: Record<string, Priority> = {
  '!high': 'high',
  '!medium': 'medium',
  '!low': 'low',
  '!1': 'high',
  '!2': 'medium',
  '!3': 'low',
}

export interface Marks {
  parts: FoundPart[]
  /** What is not to be understood: quotes, and the marks that the person has taken back. */
  plain: TextRange[]
}

/** What a sign announces: `#tag`, `!high`, `/List`. Signs count at the beginning of a word, outside of quotes. */
export function findMarks(text: string, context: QuickAddContext, plainParts: PlainParts): Marks {
  const lists = new ListNames(context.lists ?? [])
  const parts: FoundPart[] = []
  const plain: TextRange[] = []
  const quotes = new Quotes(text)
  const tagKeys = new Set<string>()
  const words = /\S+/gu
  for (let word = words.exec(text); word; word = words.exec(text)) {
    const found = markAt(text, word[0].replace(/[.,;:!?]+$/, ''), word.index, lists)
    if (found?.kind === 'tag' && isTooMany(found.tag, tagKeys)) continue
    const quoteEnd = found ? null : quotes.endAfter(word.index, word[0].length)
    if (found && plainParts.has(found.kind, text.slice(found.from, found.to))) plain.push(found)
    else if (found) parts.push(found)
    if (quoteEnd !== null) plain.push({ from: word.index, to: quoteEnd })
    const end = found?.to ?? quoteEnd
    if (end !== null) words.lastIndex = end
  }
  return withOneList({ parts, plain })
}

/** Remembers the tag unless it is one too many. */
function isTooMany(tag: string, known: Set<string>): boolean {
  const key = tagKey(tag)
  if (known.size >= LIMITS.tags && !known.has(key)) return true
  known.add(key)
  return false
}

function markAt(text: string, word: string, from: number, lists: ListNames): FoundPart | null {
  const to = from + word.length
  const priority = PRIORITY_MARKS[word.toLowerCase()]
  if (word.startsWith('!') && priority) return { kind: 'priority', from, to, priority }
  const tag = /^#[^#]/.test(word) ? tagOf(word) : null
  if (tag !== null) return { kind: 'tag', from, to, tag }
  return word.startsWith('/') ? listAt(text, from, lists) : null
}

function listAt(text: string, from: number, lists: ListNames): FoundPart | null {
  const quoted = /^\/(?:"([^"]{1,100})"|“([^”]{1,100})”)(?![^\s.,;:!?])/u.exec(text.slice(from, from + 110))
  if (quoted) {
    const listId = lists.find(quoted[1] ?? quoted[2]!)
    return listId ? { kind: 'list', from, to: from + quoted[0].length, listId } : null
  }
  const found = lists.findLongest(text.slice(from + 1))
  return found ? { kind: 'list', from, to: from + 1 + found.length, listId: found.id } : null
}

/** A task is in one list: the last one that was named. The others stay in the title. */
function withOneList({ parts, plain }: Marks): Marks {
  const last = parts.findLast(({ kind }) => kind === 'list')
  const isOther = (part: FoundPart) => part.kind === 'list' && part !== last
  const all = [...plain, ...parts.filter(isOther)].sort((a, b) => a.from - b.from)
  return { parts: parts.filter((part) => !isOther(part)), plain: all }
}

const CLOSING: Record<string, string> = { '"': '"', '“': '”' }

/** Quotation marks that are closed again. */
class Quotes {
  readonly #text: string
  /** From where on there is no more of a closing mark: looked for once. */
  readonly #without = new Map<string, number>()

  constructor(text: string) {
    this.#text = text
  }

  /** The end of the last quote that begins in a word, or of the word where it closes in the middle of one. */
  endAfter(from: number, length: number): number | null {
    let end: number | null = null
    for (let at = from; at < Math.max(from + length, end ?? 0); at += 1) {
      const closing = CLOSING[this.#text[at]!]
      const closes = closing === undefined ? -1 : this.#next(closing, at + 1)
      if (closes < 0) continue
      end = closes + 1
      at = closes
    }
    return end === null ? null : wordEnd(this.#text, end)
  }

  #next(mark: string, from: number): number {
    if (from >= (this.#without.get(mark) ?? Infinity)) return -1
    const found = this.#text.indexOf(mark, from)
    if (found < 0) this.#without.set(mark, from)
    return found
  }
}

function wordEnd(text: string, from: number): number {
  let end = from
  while (end < text.length && !/\s/u.test(text[end]!)) end += 1
  return end
}
