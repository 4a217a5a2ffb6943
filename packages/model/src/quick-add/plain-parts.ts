import type { PartKind, PlainPart } from './quick-add.ts'

/** What the person has taken back: text that is not to be understood. */
export class PlainParts {
  readonly #parts: readonly PlainPart[]

  constructor(parts: readonly PlainPart[]) {
    this.#parts = parts.map(({ kind, text }) => (text === undefined ? { kind } : { kind, text: plainText(text) }))
  }

  /** Whether nothing of a kind is to be understood. */
  hasAll(kind: PartKind): boolean {
    return this.#parts.some((part) => part.kind === kind && part.text === undefined)
  }

  has(kind: PartKind, text: string): boolean {
    return this.#parts.some((part) => part.kind === kind && (part.text === undefined || part.text === plainText(text)))
  }
}

function plainText(text: string): string {
  return text
    .replace(/[\s,;.!?:]+/gu, ' ')
    .trim()
    .toLowerCase()
}
