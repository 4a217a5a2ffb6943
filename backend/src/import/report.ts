/** A line of the file that did not make it into a task, and why. */
export interface NotKept {
  /** Line of the file, from 1. */
  line: number
  /** What the line says, shortened. */
  content: string
  reason: string
}

interface Place {
  line: number
  text: string
}

export interface Report {
  add: (place: Place, reason: string) => void
  /** In the order of the file. */
  lines: () => NotKept[]
}

const CONTENT_LENGTH = 120
const MAX_LINES = 5_000

/** Collects what is not kept; beyond 5,000 lines the rest is only counted, so that junk does not become an answer of its size. */
export function createReport(): Report {
  const kept: NotKept[] = []
  let more = 0
  return {
    add: ({ line, text }, reason) => {
      // What was cut in a sentence may have lost half of a character.
      if (kept.length < MAX_LINES) kept.push({ line, content: shortened(text), reason: reason.toWellFormed() })
      else more += 1
    },
    lines: () => {
      const inOrder = kept.toSorted((a, b) => a.line - b.line)
      const last = inOrder.at(-1)
      if (!last || more === 0) return inOrder
      const reason = `${more} more lines are not kept: too many to list, so try the file in parts`
      return [...inOrder, { line: last.line, content: '…', reason }]
    },
  }
}

export function shortened(text: string, length = CONTENT_LENGTH): string {
  const visible = text.replace(/\p{Cc}+/gu, ' ').trim()
  return visible.length <= length ? visible : `${visible.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
