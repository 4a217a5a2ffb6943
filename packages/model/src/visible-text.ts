/**
 * What leaves a mark: not white space, control and format characters, and what Unicode calls ignorable by default (zero
 * width, variation selectors, Hangul fillers); the empty Braille pattern is a symbol to Unicode, and blank to everyone.
 */
const VISIBLE = /[^\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Whether a person sees anything of a text. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text)
}
