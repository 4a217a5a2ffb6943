import { afterAll, beforeAll, expect, test } from 'vitest'
import { byCodePoints, plainText } from '@todo/model/plain-text'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

const AWKWARD = [
  'Øa|Ob|Pa|øc|Straße|Strasse|strasst|Æble|Aero|Œuvre|Łódź|lodge|Þing|Ðorđe|ıI İi|Ёлка',
  'Йод|ΟΔΟΣ|οδός|e\u0301te\u0301|été|½ litre|№ 5|“Quoted”|"quoted"|– dash|- dash|… and|...|１２|漢字',
  '한국어|עִבְרִית|العربية|😀 smile|ﬁsh|fish|\ue000|𝔣raktur|ǅ|a\u0020\u00a0b|²|① one|ẞ|ﷺ',
].flatMap((line) => line.split('|'))

test('titles have the same order in the lists of the server as in the web app', async () => {
  const ada = await backend.signUp()
  for (const title of AWKWARD) await ada.createTask({ title })
  const { body } = await ada.call('GET', '/tasks?sort=title&limit=200')
  const titles = body.items.map(({ title }: { title: string }) => title)
  expect(titles).toHaveLength(AWKWARD.length)
  const tied = (a: string, b: string) => titles.indexOf(a) - titles.indexOf(b)
  expect(titles.toSorted((a: string, b: string) => byCodePoints(plainText(a), plainText(b)) || tied(a, b))).toEqual(
    titles,
  )
})

test('every character that both know is the same plain text by the rule as in the database', async () => {
  const characters = Array.from({ length: 0x3_00_00 }, (_, code) => code)
    .filter((code) => code > 0 && (code < 0xd8_00 || code > 0xdf_ff))
    .map((code) => String.fromCodePoint(code))
  const { rows } = await backend.testDatabase.database.pool.query<{ character: string; plain: string }>(
    'select c as character, plain_text(c) as plain from unnest($1::text[]) as c where unicode_assigned(c)',
    [characters],
  )
  expect(rows.length).toBeGreaterThan(150_000)
  const different = rows.filter(({ character, plain }) => plainText(character) !== plain)
  expect(different.map(({ character }) => `${character} U+${character.codePointAt(0)!.toString(16)}`)).toEqual([])
})
