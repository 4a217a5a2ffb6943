import { afterAll, beforeAll, expect, test } from 'vitest'
import { findTitles } from './find-titles.ts'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

const query = async (text: string, values: unknown[]) =>
  (await backend.testDatabase.database.pool.query<Record<string, unknown>>(text, values)).rows

test('words that differ only behind their first hundred characters are told apart', async () => {
  const eve = await backend.signUp('Eve')
  const long = 'ä'.repeat(120)
  for (const end of ['one', 'two']) await eve.createTask({ title: `Ends with ${end}`, notes: `${long}${end}` })
  expect(await findTitles(`${long}one`, eve)).toEqual(['Ends with one'])
  expect((await findTitles(long, eve)).toSorted()).toEqual(['Ends with one', 'Ends with two'])
  expect(await findTitles(`"${long}two"`, eve)).toEqual(['Ends with two'])
})

test('notes of as many different words as fit are saved, and each of them is found', async () => {
  const eve = await backend.signUp('Eve')
  const sign = (n: number) => String.fromCodePoint(0x4e00 + n)
  // Of ⒜ to ⒵ each makes a word of its own: 41,800 characters are 62,700 words and pairs.
  const letter = (n: number) => String.fromCodePoint(0x249c + (n % 26))
  await eve.createTask({ title: 'Many', notes: Array.from({ length: 20_900 }, (_, n) => sign(n) + letter(n)).join('') })
  for (let n = 0; n < 20_900; n += 700) expect(await findTitles(sign(n), eve)).toEqual(['Many'])
  expect(await findTitles(`"${sign(20_000)} ${String.fromCodePoint(0x61 + (20_000 % 26))}"`, eve)).toEqual(['Many'])
})

/** Queries as PostgreSQL writes them, with all that a lexeme can have in it. */
const QUERIES = [
  [String.raw`'it''s' & 'a\\b':*`, String.raw`'it''s' 'a\\bc'`],
  [String.raw`'${'\\\\'.repeat(120)}1'`, String.raw`'${'\\\\'.repeat(120)}1'`],
  [`'${"''".repeat(120)}'`, `'${"''".repeat(120)}'`],
  ["'the' <-> 'lion' <2> 'zebra'", "'the':1 'lion':2 'zebra':4"],
  ["('oat':* | 'rye') & 'lion'", "'rye' 'lion' ' the lion'"],
]

test.each(QUERIES)('the index has all that %s finds, and only among words of the person', async (asked, content) => {
  const [row] = await query(
    `select search @@ asked as found, owner_words(eve, search) @@ owner_query(array[bob, eve], asked) as kept,
       owner_words(eve, search) @@ owner_query(array[bob], asked) as bobs
     from (select $1::tsquery as asked, $2::tsvector as search, gen_random_uuid() as eve, gen_random_uuid() as bob) as given`,
    [asked, content],
  )
  expect(row).toEqual({ found: true, kept: true, bobs: false })
})
