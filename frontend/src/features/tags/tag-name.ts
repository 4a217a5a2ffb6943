import { isVisible } from '@todo/model/visible-text'

const TAG = /^[^\s#,]{1,50}$/u

/** What is wrong with a name for a tag; undefined when nothing is. */
export function tagProblem(name: string): string | undefined {
  return TAG.test(name) && isVisible(name)
    ? undefined
    : 'A tag is one word of 1 to 50 characters, without spaces, commas or #.'
}
