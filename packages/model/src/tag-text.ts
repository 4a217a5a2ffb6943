import { isVisible } from './visible-text.ts'

/** 1 to 50 characters without spaces, commas or #. A tag is a part of addresses, where `.` and `..` mean something else. */
export const TAG_SHAPE = /^(?!\.{1,2}$)[^\s#,]{1,50}$/u

/** A tag as it is kept: without the `#` before it. */
export function bareTag(text: string): string {
  return text.normalize('NFC').replace(/^#/, '').trim()
}

/** The tag that a text is; null where it is none. */
export function tagOf(text: string): string | null {
  const tag = bareTag(text)
  return TAG_SHAPE.test(tag) && isVisible(tag) ? tag : null
}
