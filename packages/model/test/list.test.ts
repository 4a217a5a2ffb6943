import { expect, test } from 'vitest'
import { CreateList, PatchList } from '../src/list.ts'

test('a list has a name on one line, and is slate unless it says so', () => {
  expect(CreateList.parse({ name: ' Work \n and play ' })).toEqual({ name: 'Work and play', color: 'slate' })
})

test.each([
  [{ name: ' ' }, 'must not be empty'],
  [{ name: 'x'.repeat(101) }, 'must be at most 100 characters'],
  [{ name: 'x', color: 'pinkish' }, 'must be one of slate, red, orange, amber, green, teal, blue, violet, pink'],
  [{ name: 'x', rank: '-' }, 'must be a rank as fractional-indexing makes it, such as a0V'],
])('%o is refused with what would be right', (input, message) => {
  expect(CreateList.safeParse(input).error?.issues[0]?.message).toBe(message)
})

test('a patch touches only what it names', () => {
  expect(PatchList.parse({ color: 'teal' })).toEqual({ color: 'teal' })
  expect(PatchList.safeParse({ isInbox: true }).success).toBe(false)
})
