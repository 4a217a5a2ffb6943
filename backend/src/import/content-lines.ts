import type { Report } from './report.ts'

/** One property of the file, unfolded (RFC 5545 §3.1). */
export interface ContentLine {
  /** Where it begins in the file, from 1. */
  line: number
  /** In upper case. */
  name: string
  /** By name in upper case; decoded (RFC 6868). */
  params: ReadonlyMap<string, string>
  /** As it stands there, still escaped. */
  value: string
  /** The whole unfolded line. */
  text: string
}

/** Properties whose value may be text of several lines, which some programs write as they are instead of as \\n. */
const LONG_TEXTS = new Set(['DESCRIPTION', 'SUMMARY', 'COMMENT', 'LOCATION'])

/** The properties of a file, in order; what is none is reported. */
export function readContentLines(text: string, report: Report): ContentLine[] {
  const lines: ContentLine[] = []
  const isUpperCase = text.includes('BEGIN:VCALENDAR')
  for (const unfolded of unfold(text)) {
    if (unfolded.text.includes('\0')) leaveOutNul(unfolded, report)
    const previous = lines.at(-1)
    const parsed = parseLine(unfolded)
    // In a file that writes names in capitals, `Passcode: 12` below a long text is a part of it.
    const isProperty = parsed !== undefined && !(isUpperCase && /^[A-Za-z-]*[a-z]/.test(unfolded.text))
    if (previous && LONG_TEXTS.has(previous.name) && !isProperty) {
      lines[lines.length - 1] = { ...previous, value: `${previous.value}\\n${unfolded.text}` }
    } else if (parsed) lines.push(parsed)
    else report.add(unfolded, 'is not a line of a calendar, which has the form NAME:value')
  }
  return lines
}

/** No database takes it. */
function leaveOutNul(unfolded: Unfolded, report: Report): void {
  report.add(unfolded, 'it has the character NUL, which no text can have here: it was left out')
  unfolded.text = unfolded.text.replaceAll('\0', '')
}

interface Unfolded {
  line: number
  text: string
}

/** Lines that begin with white space continue the one before. Line ends may be CRLF, LF or CR. */
function unfold(text: string): Unfolded[] {
  const unfolded: { line: number; parts: string[] }[] = []
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((physical, index) => {
      const isFolded = physical.startsWith(' ') || physical.startsWith('\t')
      if (isFolded && unfolded.length > 0) unfolded.at(-1)!.parts.push(physical.slice(1))
      else if (physical.trim() !== '') unfolded.push({ line: index + 1, parts: [physical] })
    })
  return unfolded.map(({ line, parts }) => ({ line, text: parts.join('') }))
}

function parseLine({ line, text }: Unfolded): ContentLine | undefined {
  const head = /^[A-Za-z0-9-]+(?=[;:])/.exec(text)?.[0]
  if (head === undefined) return undefined
  const colon = text[head.length] === ':' ? head.length : valueColon(text, head.length)
  if (colon < 0) return undefined
  const params = parseParams(text.slice(head.length, colon))
  return { line, text, name: head.toUpperCase(), params, value: text.slice(colon + 1) }
}

/** The colon before the value: the first outside of quotes, or the first at all where a quote is never closed. */
function valueColon(text: string, from: number): number {
  let quoted = false
  for (let index = from; index < text.length; index++) {
    if (text[index] === '"') quoted = !quoted
    else if (text[index] === ':' && !quoted) return index
  }
  return text.indexOf(':', from)
}

const PARAM = /;([^=;]+)=((?:"[^"]*"|[^";])*)/g

function parseParams(text: string): Map<string, string> {
  const params = new Map<string, string>()
  for (const [, name = '', value = ''] of text.matchAll(PARAM)) {
    const plain = value.replaceAll('"', '').replace(/\^([n'^])/g, (_, code: string) => ESCAPES[code] ?? code)
    params.set(name.trim().toUpperCase(), plain.trim())
  }
  return params
}

const ESCAPES: Record<string, string> = { n: '\n', "'": '"', '^': '^' }
