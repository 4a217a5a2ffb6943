import { expect, test } from 'vitest'
import fc from 'fast-check'
import { generateKeyBetween } from 'fractional-indexing'
import { isRank, momentRank } from '../src/rank.ts'

/** Whether the library that makes ranks takes it as one. */
function isTaken(text: string): boolean {
  try {
    generateKeyBetween(text, null)
    generateKeyBetween(null, text)
    return true
  } catch {
    return false
  }
}

const RANK_LIKE = fc
  .tuple(fc.stringMatching(/^[A-Za-z]$/), fc.stringMatching(/^[0-9A-Za-z]{0,30}$/))
  .map(([head, digits]) => head + digits)

/** From these the library counts down to its end, the farthest in 62²⁶ steps. */
const isNearTheEnd = (text: string) => text.startsWith('A')

test('a rank is what the library takes as one and can count down from, and nothing else', () => {
  const texts = fc.oneof(RANK_LIKE, fc.constantFrom('', 'a', 'a0', 'Zz', 'a00', 'a0V', '0', 'xEUsY'))
  fc.assert(
    fc.property(texts, (text) => isRank(text) === (isTaken(text) && !isNearTheEnd(text))),
    { numRuns: 5_000 },
  )
})

test.each([
  [`A${'0'.repeat(26)}`, false],
  [`A${'0'.repeat(25)}1`, false],
  [`A${'z'.repeat(26)}`, false],
  [`B${'0'.repeat(25)}`, true],
  [`z${'z'.repeat(26)}`, true],
  [`z${'z'.repeat(26)}zz`, true],
])('at the very ends of what there is: %s is one: %s', (text, expected) => expect(isRank(text)).toBe(expected))

test('before and after every rank there is room for as many as anybody likes', () => {
  const ranks = fc.oneof(RANK_LIKE.filter(isRank), fc.constantFrom(`B${'0'.repeat(25)}`, `z${'z'.repeat(26)}`))
  const property = fc.property(ranks, (rank) => {
    let [top, bottom] = [rank, rank]
    for (let move = 0; move < 200; move += 1) {
      const [above, below] = [generateKeyBetween(null, top), generateKeyBetween(bottom, null)]
      expect(above < top && bottom < below).toBe(true)
      ;[top, bottom] = [above, below]
    }
  })
  fc.assert(property)
})

test.each(['a-', 'é0', 'a0 ', 'a0\n'])('other characters are none of a rank: %j', (text) => {
  expect(isRank(text)).toBe(false)
})

test('what is put at the end later comes after what was put there before, and after all that was counted from a0', () => {
  const moment = fc.integer({ min: 0, max: 4_102_444_800_000 })
  fc.assert(
    fc.property(moment, moment, (one, other) => {
      expect(isRank(momentRank(one))).toBe(true)
      expect(Math.sign(one - other)).toBe(
        Number(momentRank(one) > momentRank(other)) - Number(momentRank(one) < momentRank(other)),
      )
    }),
  )
  let counted = 'a0'
  for (let n = 0; n < 5_000; n += 1) counted = generateKeyBetween(counted, null)
  expect(counted < momentRank(0)).toBe(true)
})

test('every rank between two ranks is one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 60 }), (places) => {
      const ranks: string[] = []
      for (const place of places) {
        const at = place % (ranks.length + 1)
        ranks.splice(at, 0, generateKeyBetween(ranks[at - 1] ?? null, ranks[at] ?? null))
      }
      expect(ranks.filter((rank) => !isRank(rank))).toEqual([])
      expect(ranks).toEqual(ranks.toSorted())
    }),
  )
})
