import { tagKey } from '@todo/model/tag-key'
import type { ListColor } from '@todo/model/list'
import type { CSSProperties } from 'react'

/** Hue of each colour, and how much of it; the lightness comes from the theme. */
const HUES: Readonly<Record<ListColor, { hue: number; chroma: number }>> = {
  slate: { hue: 255, chroma: 0.25 },
  red: { hue: 22, chroma: 1.1 },
  orange: { hue: 50, chroma: 1 },
  amber: { hue: 80, chroma: 1 },
  green: { hue: 148, chroma: 1 },
  teal: { hue: 190, chroma: 0.9 },
  blue: { hue: 250, chroma: 1 },
  violet: { hue: 295, chroma: 1 },
  pink: { hue: 345, chroma: 1 },
}

export const COLORS = Object.keys(HUES) as ListColor[]

/** What the `tint` and `dot` utilities read. */
export function colorStyle(color: ListColor): CSSProperties {
  const { hue, chroma } = HUES[color]
  return { '--hue': hue, '--chroma': chroma } as CSSProperties
}

/** The colour of a tag that has none of its own: always the same for the same name, never the grey. */
export function derivedColor(name: string): ListColor {
  let hash = 0
  for (const char of tagKey(name)) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0
  return COLORS[1 + (hash % (COLORS.length - 1))] ?? 'blue'
}
