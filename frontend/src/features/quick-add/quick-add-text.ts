import type { Priority } from '@todo/model/task'

type QuickToken = { text: string; start: number } & (
  { kind: 'tag'; tag: string } | { kind: 'priority'; priority: Priority }
)

export interface QuickAddText {
  title: string
  tokens: QuickToken[]
}

const QUOTED = /"[^"]*"|“[^”]*”/gu
const TOKEN = /(?<=^|\s)(?:#([^\s#,]{1,50})|!(high|medium|low))(?=$|\s)/giu

/**
 * Reads `#tag` and `!high` out of a line; the rest is the title. Text in quotes is left alone, and so is every token
 * whose text is in `plain`: the person took its chip away. Of several priorities the last one counts.
 */
export function readQuickAdd(line: string, plain: ReadonlySet<string> = new Set()): QuickAddText {
  const quotes = [...line.matchAll(QUOTED)].map((match) => [match.index, match.index + match[0].length] as const)
  const isQuoted = (index: number) => quotes.some(([from, to]) => index >= from && index < to)
  const tokens = [...line.matchAll(TOKEN)]
    .filter((match) => !isQuoted(match.index) && !plain.has(match[0]))
    .map((match) => tokenOf(match))
  const title = tokens.reduceRight(
    (text, token) => text.slice(0, token.start) + text.slice(token.start + token.text.length),
    line,
  )
  return { title: title.replace(/\s+/gu, ' ').trim(), tokens }
}

function tokenOf(match: RegExpExecArray): QuickToken {
  const [text, tag, priority] = match
  const place = { text, start: match.index }
  if (tag !== undefined) return { ...place, kind: 'tag', tag }
  return { ...place, kind: 'priority', priority: priority?.toLowerCase() as Priority }
}
