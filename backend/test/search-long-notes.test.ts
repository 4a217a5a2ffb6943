import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findTitles } from './find-titles.ts'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

describe('the longest notes', () => {
  const words = Array.from({ length: 7_000 }, (_, n) => `w${n.toString(36)}q`).join(' ')
  const notes = `${words} ${'x'.repeat(49_980 - words.length)} persimmon pie`

  test('are searched to their last word, and the last phrase', async () => {
    const eve = await backend.signUp('Eve')
    for (const title of ['Persimmons', 'Pie']) await eve.createTask({ title, notes: title === 'Pie' ? notes : '' })
    expect(await findTitles('persimmon', eve)).toEqual(['Persimmons', 'Pie'])
    expect(await findTitles('"persimmon pie"', eve)).toEqual(['Pie'])
  })

  test.each([
    ['after a word that came 400 times', `${'the lion and '.repeat(400)} the zebra`],
    ['after 17,000 words', `${'a b '.repeat(8_500)} the zebra`],
  ])('are searched for a phrase %s', async (_where, long) => {
    const eve = await backend.signUp('Eve')
    for (const [title, notes] of Object.entries({
      Long: long,
      Short: 'the zebra',
      Other: long.replace('the zebra', 'a zebra, the end'),
    }))
      await eve.createTask({ title, notes })
    // As an older version wrote them.
    await backend.testDatabase.database.pool.query(
      `update task set search = to_tsvector('simple', title || ' ' || notes) where owner_id = $1`,
      [eve.userId],
    )
    expect(await findTitles('"the zebra"', eve)).toEqual(['Short'])
    await backend.migrateAgain('0014-phrases-in-long-notes.sql')
    expect(await findTitles('"the zebra"', eve)).toEqual(['Short', 'Long'])
    expect((await eve.call('GET', '/tasks?q=%22the+zebra%22+lo&sort=title')).body.items).toMatchObject([
      { title: 'Long' },
    ])
    expect(await findTitles('"teh zebra"', eve)).toContain('Short')
  })

  test('do not come before a title that has the word', async () => {
    const eve = await backend.signUp('Eve')
    const words = Array.from({ length: 3_000 }, (_, n) => `the w${n.toString(36)}`).join(' ')
    for (const [title, notes] of Object.entries({ Article: words, 'Thank Bob': '' }))
      await eve.createTask({ title, notes })
    expect(await findTitles('th', eve)).toEqual(['Thank Bob', 'Article'])
    expect(await findTitles('thank', eve)).toEqual(['Thank Bob'])
  })

  test('are so too where an older version left their end out', async () => {
    const eve = await backend.signUp('Eve')
    const task = await eve.createTask({ title: 'Pie', notes })
    await backend.testDatabase.database.pool.query(
      `update task set search = to_tsvector('simple', left(notes, 20000)) where id = $1`,
      [task.id],
    )
    expect(await findTitles('persimmon', eve)).toEqual([])
    await backend.migrateAgain('0010-search-all-notes.sql')
    expect(await findTitles('persimmon', eve)).toEqual(['Pie'])
  })
})
