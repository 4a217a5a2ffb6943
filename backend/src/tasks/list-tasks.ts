import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { TaskQuery, TaskSort } from '@todo/model/query'
import { holds, settled } from '../access.ts'
import type { Access } from '../access.ts'
import type { Tables } from '../tables.ts'
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts'
import type { PageOf } from './cursor.ts'
import { conditionsOf, queriedLists } from './filters.ts'
import type { TaskState } from './known-tasks.ts'
import { searchMatch, searchTasks } from './search-tasks.ts'
import type { SpelledQuery } from './search-tasks.ts'

/** With the keys that its place in the order depends on, as text that PostgreSQL reads back exactly. */
type PlacedTask = TaskState & Record<`key${number}`, string>

interface Order {
  /** Column or indexed expression, and its type. */
  keys: [expression: string, type: string][]
  /** Which way people mean when they do not say. */
  natural: 'asc' | 'desc'
}

const ID: Order['keys'][number] = ['t.id', 'uuid']

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
    : await page(db, { ...part, query, name: 'dated', only: sql`t.due_by < 'infinity'` })
  if (dated.nextCursor || query.hasDue || query.dueFrom || query.dueTo || query.dueBefore) return dated
  const limit = query.limit - dated.items.length
  // A full page ends here all the same; whether undated ones follow is asked with one row more.
  const rest = { ...query, limit: Math.max(limit, 1), cursor: inUndated ? query.cursor : undefined }
  const undated = await page(db, {
    ...part,
    access: inUndated ? access : settled(access),
    query: rest,
    name: 'undated',
    only: sql`t.due_by = 'infinity'`,
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
  only?: RawBuilder<boolean>
}

/**
 * Each list gives the places of its rows by its own index, and the best of those make the page: the cost follows the
 * number of lists and the page, not the number of tasks.
 */
async function page(
  db: Kysely<Tables>,
  { access, lists, query, sort, name, direction, only }: PageRequest,
): Promise<PageOf<TaskState>> {
  const keys = keysOf(sort, query.state, direction)
  const after = decodeCursor(
    query.cursor,
    name,
    keys.map(([, type]) => type),
  )
  const limit = query.limit + 1
  const order = sql.raw(keys.map(([key]) => `${key} ${direction}`).join(', '))
  const outer = sql.raw(keys.map((_, index) => `page.k${index} ${direction}`).join(', '))
  const conditions = [conditionsOf(query, access.timeZone), ...(only ? [only] : []), ...searchCondition(access, query)]
  const placesIn = (list: RawBuilder<string>) => sql`
    (select t.id, t.change_no, ${sql.raw(keys.map(([key], index) => `${key} as k${index}`).join(', '))} from task t
    where t.list_id = ${list} and ${sql.join(conditions, sql` and `)} ${afterCondition(keys, after, direction)}
    order by ${order} limit ${limit})`
  const places = isMerged(lists, query) ? merged : oneByOne
  const { rows } = await sql<PlacedTask>`
    select page.id, page.change_no, ${sql.raw(keys.map((_, index) => `page.k${index}::text as key${index}`).join(', '))}
    from ${places(lists, placesIn)} where ${holds(access)} order by ${outer} limit ${limit}`.execute(db)
  return pageOf(rows, query.limit, (last) =>
    encodeCursor(
      name,
      keys.map((_, index) => last[`key${index}`]!),
    ),
  )
}

type PlacesIn = (list: RawBuilder<string>) => RawBuilder<unknown>

/** As a relation `page`. Each list is read as far as a page goes. */
const oneByOne = (lists: string[], placesIn: PlacesIn) =>
  sql`unnest(${lists}::uuid[]) as l (id) cross join lateral ${placesIn(sql`l.id`)} as page`

/** The same, but PostgreSQL takes row by row from the list whose turn it is: a page in all, and not one of each list. */
function merged(lists: string[], placesIn: PlacesIn): RawBuilder<unknown> {
  // In few sizes, so that few texts have to be planned: who asks for no list is answered at once.
  const size = 2 ** Math.ceil(Math.log2(Math.max(lists.length, 1)))
  const each = Array.from({ length: size }, (_, index) => placesIn(sql`${lists[index] ?? null}::uuid`))
  return sql`(${sql.join(each, sql` union all `)}) as page`
}

/** The text grows with the lists. Words are asked for in their own index, which knows nothing of lists. */
const isMerged = (lists: string[], { q }: TaskQuery): boolean => lists.length <= MOST_MERGED && !q

const MOST_MERGED = 32

function afterCondition(
  keys: Order['keys'],
  after: (string | number)[] | null,
  direction: 'asc' | 'desc',
): RawBuilder<unknown> {
  if (!after) return sql``
  const left = sql.raw(keys.map(([key]) => key).join(', '))
  const right = sql.join(keys.map(([, type], index) => sql`${String(after[index])}::${sql.raw(type)}`))
  return sql`and (${left}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${right})`
}

function searchCondition(access: Access, query: SpelledQuery): RawBuilder<boolean>[] {
  return query.q ? [searchMatch(access, query)] : []
}
