import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { nearest } from '@todo/model/vocabulary'
import type { NearWord, Vocabulary } from '@todo/model/vocabulary'
import type { Tables } from '../tables.ts'
import { vocabulariesOf } from './list-words.ts'

/** For each word that was typed those that may be meant: one of them has to be there, or the beginning of one. */
export type Spelling = string[][]

/** So many words are mended: a sentence that was pasted is not. */
const MAX_MENDED = 8

/** What may be meant by words that together find nothing, the likelier first. */
export async function spellings(db: Kysely<Tables>, listIds: string[], words: string[]): Promise<Spelling[]> {
  if (words.length === 0) return []
  const [lexemes, vocabularies] = await Promise.all([lexemesOf(db, words), vocabulariesOf(db, listIds)])
  const near = lexemes.map((typed, index) => (index < MAX_MENDED ? nearWords(vocabularies, typed) : []))
  const unknownMended = lexemes.map((typed, index) => {
    const errors = near[index]![0]?.errors
    if (errors === undefined || vocabularies.some((vocabulary) => vocabulary.has(typed))) return [typed]
    return near[index]!.filter((each) => each.errors === errors).map(({ word }) => word)
  })
  // A word that is somewhere may be a slip here all the same, such as "form" for "from".
  const anyMended = lexemes.map((typed, index) => [...new Set([typed, ...near[index]!.map(({ word }) => word)])])
  return [unknownMended, anyMended].filter((spelling) => !isAsTyped(spelling, lexemes))
}

function isAsTyped(spelling: Spelling, lexemes: string[]): boolean {
  return spelling.every((meant, index) => meant.length === 1 && meant[0] === lexemes[index])
}

function nearWords(vocabularies: Vocabulary[], typed: string): NearWord[] {
  return nearest(
    typed,
    vocabularies.flatMap((vocabulary) => vocabulary.near(typed)),
  )
}

/** The words as the index has them. */
async function lexemesOf(db: Kysely<Tables>, words: string[]): Promise<string[]> {
  const { rows } = await sql<{ lexeme: string }>`
    select lexeme from unnest(to_tsvector('simple', search_text(${words.join(' ')})))`.execute(db)
  return rows.map(({ lexeme }) => lexeme)
}
