import type { Kysely } from 'kysely'
import type { TaskQuery, TaskSort } from '@todo/model/query'
import { settled } from '../access.ts'
import type { Access } from '../access.ts'
import type { Tables } from '../tables.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import type { PageOf } from './cursor.ts'
import { conditionsOf, DATED, queriedLists, UNDATED } from './filters.ts'
import type { Condition } from './filters.ts'
import type { TaskState } from './known-tasks.ts'
import { pageStatement } from './page-statement.ts'
import type { OrderKey } from './page-statement.ts'
import { searchTasks, wordsCondition } from './search-tasks.ts'
import type { SpelledQuery } from './search-tasks.ts'

interface Order {
  keys: OrderKey[]
  /** Which way people mean when they do not say. */
  natural: 'asc' | 'desc'
}

const ID: OrderKey = ['t.id', 'uuid']

const ORDERS: Record<TaskSort, Order> = {
  due: { keys: [['t.due_by', 'timestamptz'], ID], natural: 'asc' },
  // High first, and within a priority what is due first; `desc` is the natural way round and reads the index forward.
  priority: { keys: [['-t.priority', 'smallint'], ['t.due_by', 'timestamptz'], ID], natural: 'asc' },
  created: { keys: [['t.created_at', 'timestamptz'], ID], natural: 'desc' },
  title: { keys: [['plain_text(t.title) collate "C"', 'text'], ID], natural: 'asc' },
  manual: { keys: [['t.rank', 'text'], ID], natural: 'asc' },
  completed: { keys: [['t.completed_at', 'timestamptz'], ID], natural: 'desc' },
}

/** What is not completed comes last in both directions; where all is, the index has the time alone. */
function keysOf(sort: TaskSort, state: TaskQuery['state'], direction: 'asc' | 'desc'): Order['keys'] {
  if (sort !== 'completed' || state === 'completed') return ORDERS[sort].keys
  const last = direction === 'asc' ? 'infinity' : '-infinity'
  return [[`coalesce(t.completed_at, '${last}')`, 'timestamptz'], ID]
}

/** A page of the tasks that the person may see. Pages stay right while tasks change: a cursor is a place, not a count. */
export async function listTasks(db: Kysely<Tables>, access: Access, query: SpelledQuery): Promise<PageOf<TaskState>> {
  const lists = queriedLists(access, query)
  if (query.q && query.sort === undefined) return searchTasks(db, access, lists, query)
  const sort = query.sort ?? (query.state === 'completed' ? 'completed' : 'due')
  const direction = directionOf(sort, query.order)
  if (sort === 'due' && direction === 'desc') return listLatestDueFirst(db, access, lists, query)
  return page(db, { access, lists, query, sort, name: `${sort} ${direction}`, direction })
}

/** `priority` counts downwards in the index: its ascending keys are high first, which is what `desc` asks for. */
function directionOf(sort: TaskSort, order: 'asc' | 'desc' | undefined): 'asc' | 'desc' {
  if (!order) return ORDERS[sort].natural
  if (sort !== 'priority') return order
  return order === 'desc' ? 'asc' : 'desc'
}

/** Tasks without a due date come last in both directions: first all that have one, then the rest. */
async function listLatestDueFirst(
  db: Kysely<Tables>,
  access: Access,
  lists: string[],
  query: SpelledQuery,
): Promise<PageOf<TaskState>> {
  const part = { access, lists, sort: 'due' as const, direction: 'desc' as const }
  const inUndated = query.cursor !== undefined && decodesAs(query.cursor, 'undated')
  const dated = inUndated
    ? { items: [], nextCursor: null }
    : await page(db, { ...part, query, name: 'dated', only: DATED })
  if (dated.nextCursor || query.hasDue || query.dueFrom || query.dueTo || query.dueBefore) return dated
  const limit = query.limit - dated.items.length
  // A full page ends here all the same; whether undated ones follow is asked with one row more.
  const rest = { ...query, limit: Math.max(limit, 1), cursor: inUndated ? query.cursor : undefined }
  const undated = await page(db, {
    ...part,
    access: inUndated ? access : settled(access),
    query: rest,
    name: 'undated',
    only: UNDATED,
  })
  if (limit > 0) return { items: [...dated.items, ...undated.items], nextCursor: undated.nextCursor }
  return {
    items: dated.items,
    nextCursor: undated.items.length > 0 ? encodeCursor('undated', ['infinity', MAX_ID]) : null,
  }
}

const MAX_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

function decodesAs(cursor: string, name: string): boolean {
  return Buffer.from(cursor, 'base64url').toString('utf8').startsWith(`["${name}"`)
}

interface PageRequest {
  access: Access
  lists: string[]
  query: SpelledQuery
  sort: TaskSort
  /** What the cursor is marked with. */
  name: string
  direction: 'asc' | 'desc'
  only?: Condition
}

async function page(db: Kysely<Tables>, request: PageRequest): Promise<PageOf<TaskState>> {
  const { access, lists, query, sort, name, direction, only } = request
  const keys = keysOf(sort, query.state, direction)
  const after = decodeCursor(
    query.cursor,
    name,
    keys.map(([, type]) => type),
  )
  const conditions = conditionsOf(query, access.timeZone)
  if (only) conditions.push(only)
  if (query.q) conditions.push(wordsCondition(access, query))
  const limit = query.limit + 1
  const { rows } = await db.executeQuery(pageStatement({ access, lists, keys, direction, conditions, after, limit }))
  return pageOf(rows, query.limit, (last) =>
    encodeCursor(
      name,
      keys.map((_, index) => last[`key${index}`]!),
    ),
  )
}
