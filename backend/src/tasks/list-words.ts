import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { LRUCache } from 'lru-cache'
import { Vocabulary } from '@todo/model/vocabulary'
import type { Tables } from '../tables.ts'

/** The words in the tasks of a list, as far as they were read. */
interface ListWords {
  vocabulary: Vocabulary
  /** Changes before this are read. */
  since: number
  /** While it is read in parts: what was committed meanwhile, behind them, is from here on. */
  horizon: number | null
}

/** Words are kept by list and only what changed is read again: 10,000 tasks take 25 ms to read, their changes 1 ms. */
const remembered = new LRUCache<string, ListWords>({
  max: 5_000,
  maxSize: 500_000,
  sizeCalculation: ({ vocabulary }) => vocabulary.size + 1,
  ttl: 10 * 60_000,
})

/** Beyond, a word may not be known: a list is as long as it likes, an answer is not. */
const MAX_WORDS = 50_000
/** Tasks that one statement reads. */
const TASKS_AT_ONCE = 3_000
/** After so long, what was read has to do; the next search goes on from there. */
const READ_MS = 300

/** The words of these lists, with all that is committed by now. */
export async function vocabulariesOf(db: Kysely<Tables>, listIds: string[]): Promise<Vocabulary[]> {
  const lists = new Map(listIds.map((id) => [id, { ...(remembered.get(id) ?? nothingRead()) }]))
  const deadline = performance.now() + READ_MS
  let behind = listIds
  while (behind.length > 0 && performance.now() < deadline) {
    const rows = await readWords(db, behind, lists)
    for (const row of rows) addWords(lists.get(row.id)!, row)
    behind = rows.filter(({ next }) => next !== null).map(({ id }) => id)
  }
  for (const [id, list] of lists) remembered.set(id, list)
  return [...lists.values()].map(({ vocabulary }) => vocabulary)
}

function nothingRead(): ListWords {
  return { vocabulary: new Vocabulary(), since: 0, horizon: null }
}

function addWords(list: ListWords, { words, next, horizon }: WordsRow): void {
  if (words && list.vocabulary.size < MAX_WORDS) list.vocabulary.add(words)
  list.since = next ?? list.horizon ?? horizon
  list.horizon = next === null ? null : (list.horizon ?? horizon)
}

interface WordsRow {
  id: string
  words: string[] | null
  next: number | null
  horizon: number
}

async function readWords(
  db: Kysely<Tables>,
  ids: string[],
  lists: ReadonlyMap<string, ListWords>,
): Promise<WordsRow[]> {
  const since = ids.map((id) => lists.get(id)!.since)
  const { rows } = await sql<WordsRow>`
    select l.id, w.words[1:${MAX_WORDS}] as words, w.next, w.horizon
    from unnest(${ids}::uuid[], ${since}::bigint[]) as l (id, since)
    cross join lateral words_since(l.id, l.since, ${Math.ceil(TASKS_AT_ONCE / ids.length)}) as w`.execute(db)
  return rows
}
