import type { QuickAddPart } from './quick-add.ts'
import type { Span } from './sentence.ts'

/** A part without the text, which its range gives. */
export type FoundPart = QuickAddPart extends infer P ? (P extends QuickAddPart ? Omit<P, 'text'> : never) : never

export interface TextRange {
  from: number
  to: number
}

/** A part, and the words that it is. */
export interface SpannedPart {
  span: Span
  part: FoundPart
}
