import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { forgivenErrors, typingErrors, Vocabulary } from '../src/vocabulary.ts'

const WORDS = ['milk', 'dentist', 'groceries', 'report', 'quarterly', 'invoice', 'tax', 'молоко', '2027', 'b2b']

function resultOf<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
  }
}

function near(typed: string, words: string[] = WORDS): string[] {
  return resultOf(new Vocabulary(words).near(typed)).map(({ word }) => word)
}

describe('one error', () => {
  test.each([
    ['mlik', 'milk', 'two neighbours swapped'],
    ['mik', 'milk', 'a letter left out'],
    ['millk', 'milk', 'a letter too many'],
    ['mulk', 'milk', 'another letter'],
    ['imlk', 'milk', 'the first two swapped'],
    ['txa', 'tax', 'in a word of three letters'],
    ['молкоо', 'молоко', 'in another script'],
  ])('%s is taken for %s: %s', (typed, word) => {
    expect(near(typed)).toEqual([word])
  })
})

test.each([
  ['dnetsit', 'dentist'],
  ['grocreeis', 'groceries'],
  ['invocies', 'invoice'],
  ['qaurtrly', 'quarterly'],
])('two errors are forgiven in a longer word: %s is taken for %s', (typed, word) => {
  expect(near(typed)).toEqual([word])
})

test.each(['mlki2', 'kmil', 'unicorn', 'to', 'x', '2026', 'b2c', '', 'tsidnet'])(
  '%s is too far from everything, and stays what it is',
  (typed) => {
    expect(near(typed)).toEqual([])
  },
)

test('the beginning of a word is forgiven an error too, while it is still being typed', () => {
  expect(near('grcoe')).toEqual(['groce'])
  expect(near('quatr')).toEqual(['quart'])
  expect(near('qtr')).toEqual([])
})

test('what is nearest comes first, and the first letters decide between equals', () => {
  const words = ['bread', 'broad', 'dreads', 'beads']
  expect(near('braed', words)).toEqual(['bread'])
  expect(near('breadd', words)).toEqual(['bread', 'broad', 'beads', 'dreads'])
})

test('a vocabulary knows its words and their beginnings', () => {
  const vocabulary = new Vocabulary(WORDS)
  vocabulary.add(['milk', 'oats'])
  expect(['oats', 'gro', 'mlik'].map((typed) => vocabulary.has(typed))).toEqual([true, true, false])
  expect(vocabulary.size).toBe(WORDS.length + 1)
})

test('among many words it pauses, so that others have their turn', () => {
  const words = Array.from({ length: 5_000 }, (_, index) => `groceri${index}`)
  const steps = new Vocabulary([...words, 'groceries']).near('grocreies')
  expect(steps.next()).toEqual({ done: false, value: undefined })
  expect(resultOf(steps)).toMatchObject([{ word: 'groceries' }])
})

test('the number of errors is the same in both directions, and none only between equals', () => {
  const text = fc.stringMatching(/^[abc]{0,7}$/)
  const property = fc.property(text, text, (a, b) => {
    const errors = typingErrors(a, b).at(-1)!
    expect(typingErrors(b, a).at(-1)).toBe(errors)
    expect(errors === 0).toBe(a === b)
    expect(errors).toBeGreaterThanOrEqual(Math.abs(a.length - b.length))
  })
  fc.assert(property)
})

test('up to as many errors as matter they are counted exactly, and beyond that they are more', () => {
  const text = fc.stringMatching(/^[abc]{0,8}$/)
  const property = fc.property(text, text, fc.nat(3), (a, b, most) => {
    const bounded = typingErrors(a, b, most)
    for (const [length, errors] of typingErrors(a, b).entries()) {
      if (errors <= most) expect(bounded[length]).toBe(errors)
      else expect(bounded[length]).toBeGreaterThan(most)
    }
  })
  fc.assert(property, { numRuns: 2_000 })
})

test('whatever is one slip away from a word is found', () => {
  const slips = fc.record({ at: fc.nat(8), kind: fc.constantFrom('swap', 'drop', 'double', 'other') })
  const property = fc.property(slips, ({ at, kind }) => {
    const word = 'groceries'
    const slipped = {
      swap: word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2),
      drop: word.slice(0, at) + word.slice(at + 1),
      double: word.slice(0, at) + word[at] + word.slice(at),
      other: `${word.slice(0, at)}x${word.slice(at + 1)}`,
    }[kind]
    expect(near(slipped)).toEqual(['groceries'])
  })
  fc.assert(property)
})

test('short words are forgiven nothing, longer ones more', () => {
  expect(['ab', 'abc', 'abcde', 'abcdef', 'abcdefghijkl', 'abc1'].map(forgivenErrors)).toEqual([0, 1, 1, 2, 2, 0])
})
