import { expect, test } from 'vitest'
import { tagKey } from '../src/tag-key.ts'
import { Tags } from '../src/task.ts'

test.each([
  ['Home', 'HOME', 'home'],
  ['ΟΔΟΣ', 'οδος', 'οδοσ'],
  ['İstanbul', 'istanbul', 'ISTANBUL', 'ıstanbul'],
  ['straße', 'STRAßE', 'STRAẞE'],
  ['École', 'éCOLE'],
  ['Ǆ', 'ǅ', 'ǆ'],
])('%s and %s are one tag', (...spellings) => {
  expect(new Set(spellings.map(tagKey)).size).toBe(1)
  expect(Tags.parse(spellings)).toEqual([spellings[0]])
})

test.each([
  ['straße', 'strasse'],
  ['resume', 'résumé'],
  ['ﬁ', 'fi'],
])('%s and %s are two tags', (a, b) => {
  expect(tagKey(a)).not.toBe(tagKey(b))
})
