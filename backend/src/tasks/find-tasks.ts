import type { Kysely } from 'kysely'
import type { TaskQuery } from '@todo/model/query'
import { settled } from '../access.ts'
import type { Access } from '../access.ts'
import type { Tables } from '../tables.ts'
import { decodeSpelled, encodeSpelled } from './cursor.ts'
import type { PageOf } from './cursor.ts'
import { queriedLists } from './filters.ts'
import type { TaskState } from './known-tasks.ts'
import { listTasks } from './list-tasks.ts'
import type { SpelledQuery } from './search-tasks.ts'
import { searchTerms } from './search-terms.ts'
import { spellings } from './spelling.ts'

/** A page of tasks. Words that find nothing are mended; with one match, what was typed was meant. */
export async function findTasks(db: Kysely<Tables>, access: Access, query: TaskQuery): Promise<PageOf<TaskState>> {
  if (!query.q) return listTasks(db, access, query)
  const place = decodeSpelled(query.cursor)
  if (place.meant) return listSpelled(db, access, { ...query, ...place })
  const page = await listTasks(db, access, query)
  if (page.items.length > 0 || query.cursor) return page
  for (const meant of await spellings(db, queriedLists(access, query), searchTerms(query.q))) {
    const mended = await listSpelled(db, settled(access), { ...query, meant })
    if (mended.items.length > 0) return mended
  }
  return page
}

async function listSpelled(db: Kysely<Tables>, access: Access, query: SpelledQuery): Promise<PageOf<TaskState>> {
  const { items, nextCursor } = await listTasks(db, access, query)
  return { items, nextCursor: nextCursor && encodeSpelled(nextCursor, query.meant!) }
}
