import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { TaskQuery } from '@todo/model/query'
import { holds } from '../access.ts'
import type { Access } from '../access.ts'
import type { Tables } from '../tables.ts'
import { uuidArray } from '../uuid-array.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import type { PageOf } from './cursor.ts'
import { allOf, conditionsOf } from './filters.ts'
import type { Condition } from './filters.ts'
import type { TaskState } from './known-tasks.ts'
import { isEmpty, searchTerms } from './search-terms.ts'
import type { SearchTerms } from './search-terms.ts'
import type { Spelling } from './spelling.ts'

/** A query whose words may be mended. */
export interface SpelledQuery extends TaskQuery {
  /** What is looked for in place of what it says. */
  meant?: Spelling | undefined
}

interface Wanted {
  /** What a task has to have. */
  match: RawBuilder<unknown>
  /**
   * By what it is weighed, and whose words it has: the same, but for phrases in notes that are too long to keep the place
   * of every word.
   */
  weight: RawBuilder<unknown>
}

function wantedBy({ phrases, words }: SearchTerms, meant: Spelling | undefined): Wanted {
  const weight = meant ? sql`${tsqueryOf(meant)}::tsquery` : sql`search_query(${phrases}::text[], ${words}::text[])`
  const isPhrase = !meant && phrases.length > 0
  return { weight, match: isPhrase ? sql`match_query(${phrases}::text[], ${words}::text[])` : weight }
}

/** `(('oat') <-> ('milk' | 'mild')) & ('bread':* | 'broad':*)`, as tsquery reads it. */
function tsqueryOf({ phrases, words }: Spelling): string {
  const quoted = (word: string) => `'${word.replaceAll(/['\\]/g, '$&$&')}'`
  const inPhrases = phrases.map((phrase) => phrase.map((meant) => `(${meant.map(quoted).join(' | ')})`).join(' <-> '))
  const alone = words.map((meant) => meant.map((word) => `${quoted(word)}:*`).join(' | '))
  return [...inPhrases, ...alone].map((part) => `(${part})`).join(' & ')
}

/** A row's condition for a search that is sorted by something else than the match. */
export function wordsCondition(access: Access, query: SpelledQuery): Condition {
  const text = searchMatch(access, query)
  return { name: 'words', text: () => text, hasOwnValues: true }
}

function searchMatch({ ownerIds }: Access, { q = '', meant }: SpelledQuery): RawBuilder<boolean> {
  const terms = searchTerms(q)
  if (isEmpty(terms)) return sql`false`
  const { match, weight } = wantedBy(terms, meant)
  return sql`(owner_words(t.owner_id, t.search) @@ owner_query(${ownerIds}::uuid[], ${weight}) and t.search @@ ${match})`
}

/** A score as a whole number, so that a cursor holds it exactly. */
const SCORE_STEPS = 1_000_000

type ScoredTask = TaskState & { score: number }

/**
 * Best match first: titles that have the very words, then titles before notes, short texts before long ones, the latest
 * among equals. Every match is weighed.
 */
export async function searchTasks(
  db: Kysely<Tables>,
  access: Access,
  lists: string[],
  query: SpelledQuery,
): Promise<PageOf<TaskState>> {
  const terms = searchTerms(query.q!)
  const after = decodeCursor(query.cursor, 'match', ['integer', 'uuid'])
  if (isEmpty(terms)) return { items: [], nextCursor: null }
  const conditions = allOf(conditionsOf(query, access.timeZone))
  const wanted = wantedBy(terms, query.meant)
  const rows = await weigh(db, { access, lists, conditions, wanted, after, limit: query.limit + 1 })
  return pageOf(rows, query.limit, (last) => encodeCursor('match', [last.score, last.id]))
}

interface Weighing {
  access: Access
  lists: string[]
  conditions: RawBuilder<unknown>
  wanted: Wanted
  after: (string | number)[] | null
  limit: number
}

async function weigh(
  db: Kysely<Tables>,
  { access, lists, conditions, wanted, after, limit }: Weighing,
): Promise<ScoredTask[]> {
  const beyond = after ? sql`where (score, id) < (${Number(after[0])}, ${String(after[1])}::uuid)` : sql``
  const { rows } = await sql<ScoredTask>`
    with wanted as materialized (
      select match, query, owner_query(${access.ownerIds}::uuid[], query) as among_own_words,
        replace(query::text, ':*', ':A')::tsquery as title_words
      from (select ${wanted.match} as match, ${wanted.weight} as query) asked where ${holds(access)}
    ), hit as (
      select found.id, found.change_no, ((
        (found.search @@ wanted.title_words)::int + ts_rank('{0.05, 0.1, 0.3, 1}', found.search, wanted.query, 1)
      ) * ${SCORE_STEPS})::int as score
      from wanted cross join lateral (
        select t.id, t.change_no, t.search from task t
        where owner_words(t.owner_id, t.search) @@ wanted.among_own_words and t.search @@ wanted.match
          and t.list_id = any(${uuidArray(lists)}) and ${conditions}
        offset 0 -- a part of its own: joined with the rest, the index may not be asked
      ) as found
    )
    select id, change_no, score from hit ${beyond} order by score desc, id desc limit ${limit}`.execute(db)
  return rows
}
