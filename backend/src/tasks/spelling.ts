import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { nearest } from '@todo/model/vocabulary'
import type { NearWord, Vocabulary } from '@todo/model/vocabulary'
import { inTurns } from '../in-turns.ts'
import type { Tables } from '../tables.ts'
import { vocabulariesOf } from './list-words.ts'
import { isEmpty } from './search-terms.ts'
import type { SearchTerms } from './search-terms.ts'

/** For a word that was typed those that may be meant: one of them has to be there. */
type Meant = string[]

/** What is looked for in place of what was typed. */
export interface Spelling {
  /** Each as the words that have to follow each other. */
  phrases: Meant[][]
  /** The beginning of one will do. */
  words: Meant[]
}

/** So many words are mended: a sentence that was pasted is not. */
const MAX_MENDED = 8
/** Eight words among 50,000 that are all alike take so long at most, on a machine that has nothing else to do. */
const MEND_MS = 500

/** What may be meant by words and phrases that together find nothing, the likelier first. */
export async function spellings(db: Kysely<Tables>, listIds: string[], terms: SearchTerms): Promise<Spelling[]> {
  if (isEmpty(terms)) return []
  const [typed, vocabularies] = await Promise.all([lexemesOf(db, terms), vocabulariesOf(db, listIds)])
  const near = (await inTurns(nearWords(vocabularies, typed), MEND_MS)) ?? new Map<string, NearWord[]>()
  const unknownMended = (word: string): Meant => {
    const errors = near.get(word)?.[0]?.errors
    if (errors === undefined || vocabularies.some((vocabulary) => vocabulary.has(word))) return [word]
    return near.get(word)!.flatMap((each) => (each.errors === errors ? [each.word] : []))
  }
  // A word that is somewhere may be a slip here all the same, such as "form" for "from"; in a phrase, last of all.
  const anyMended = (word: string): Meant => [...new Set([word, ...(near.get(word) ?? []).map((each) => each.word)])]
  const asTyped = (word: string): Meant => [word]
  const tries = [
    spelled(typed, asTyped, asTyped),
    spelled(typed, unknownMended, unknownMended),
    spelled(typed, unknownMended, anyMended),
    spelled(typed, anyMended, anyMended),
  ]
  return tries
    .filter((spelling, index) => !tries.slice(0, index).some((other) => isDeepStrictEqual(other, spelling)))
    .slice(1)
}

interface Lexemes {
  phrases: string[][]
  words: string[]
}

function spelled(typed: Lexemes, inPhrases: (word: string) => Meant, alone: (word: string) => Meant): Spelling {
  return { phrases: typed.phrases.map((phrase) => phrase.map(inPhrases)), words: typed.words.map(alone) }
}

function* nearWords(vocabularies: Vocabulary[], { phrases, words }: Lexemes): Generator<void, Map<string, NearWord[]>> {
  const mended = [...new Set([...words, ...phrases.flat()])].slice(0, MAX_MENDED)
  const near = new Map<string, NearWord[]>()
  for (const word of mended) {
    const found: NearWord[] = []
    for (const vocabulary of vocabularies) found.push(...(yield* vocabulary.near(word)))
    near.set(word, nearest(word, found))
  }
  return near
}

/** The words as the index has them, those of a phrase in their order. */
async function lexemesOf(db: Kysely<Tables>, { phrases, words }: SearchTerms): Promise<Lexemes> {
  const { rows } = await sql<{ lexemes: string[] }>`
    select array(
      select lexeme from unnest(to_tsvector('simple', search_text(part))), unnest(positions) as position order by position
    ) as lexemes
    from unnest(${[words.join(' '), ...phrases]}::text[]) with ordinality as parts (part, place) order by place`.execute(
    db,
  )
  const [alone, ...inPhrases] = rows.map(({ lexemes }) => lexemes)
  return { words: [...new Set(alone)], phrases: inPhrases.filter((phrase) => phrase.length > 0) }
}
