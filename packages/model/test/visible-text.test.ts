import { describe, expect, test } from 'vitest'
import { CreateSavedFilter, PatchProfile, PatchTag } from '../src/api.ts'
import { CreateList } from '../src/list.ts'
import { TaskQuery } from '../src/query.ts'
import { CreateTask } from '../src/task.ts'
import { isVisible } from '../src/visible-text.ts'

const INVISIBLE = [
  ['nothing', ''],
  ['white space', ' \t\n\u00a0\u3000'],
  ['a zero-width space', '\u200b'],
  ['joiners', '\u200c\u200d\u2060'],
  ['a byte order mark', '\ufeff'],
  ['a soft hyphen', '\u00ad'],
  ['marks of direction', '\u200e\u202a\u202c\u2066\u2069'],
  ['variation selectors', '\ufe0f\u{e0100}'],
  ['fillers of Hangul', '\u3164\u115f\uffa0'],
  ['an empty pattern of Braille', '\u2800'],
  ['tags', '\u{e0041}'],
  ['control characters', '\u0007\u001b'],
  ['several of them', ' \u200b \ufeff '],
] as const

describe.each(INVISIBLE)('a text of %s', (_what, text) => {
  test('is seen by nobody, and refused where a name is needed', () => {
    expect(isVisible(text)).toBe(false)
    const empty = 'must not be empty'
    expect(problems(CreateTask.safeParse({ title: text }))).toEqual([empty])
    expect(problems(CreateTask.safeParse({ title: 'x', subtasks: [{ title: text }] }))).toEqual([empty])
    expect(problems(CreateList.safeParse({ name: text }))).toEqual([empty])
    expect(problems(PatchProfile.safeParse({ name: text }))).toEqual([empty])
    expect(problems(CreateSavedFilter.safeParse({ name: text, query: '' }))).toEqual([empty])
    const tag = 'must be 1 to 50 characters without spaces, commas or #, and not . or ..'
    expect(problems(CreateTask.safeParse({ title: 'x', tags: [text] }))).toEqual([tag])
    expect(problems(PatchTag.safeParse({ name: text }))).toEqual([tag])
  })
})

function problems({ error }: { error?: { issues: { message: string }[] } | undefined }): string[] {
  return error?.issues.map(({ message }) => message) ?? []
}

test.each(['.', 'é', '👩‍👩‍👧', '🏳️‍🌈', '日本', 'می‌خواهم', '-', '\u200bx', '\ue000'])(
  '%s is seen, and kept whole',
  (text) => {
    expect(isVisible(text)).toBe(true)
    expect(CreateTask.parse({ title: text }).title).toBe(text)
  },
)

test('a tag is written in one way, wherever it is named', () => {
  const decomposed = 'cafe\u0301'
  expect(CreateTask.parse({ title: 'x', tags: [decomposed] }).tags).toEqual(['café'])
  expect(PatchTag.parse({ name: `#${decomposed}` })).toEqual({ name: 'café' })
  expect(TaskQuery.parse({ tagsAny: decomposed, tagsAll: [decomposed] })).toMatchObject({
    tagsAny: ['café'],
    tagsAll: ['café'],
  })
})
