import { sql } from 'kysely'
import type { CompiledQuery, RawBuilder } from 'kysely'
import { LRUCache } from 'lru-cache'
import { holds } from '../access.ts'
import type { Access, AccessState } from '../access.ts'
import { statement } from '../statement.ts'
import type { Places } from '../statement.ts'
import type { Condition } from './filters.ts'
import type { TaskState } from './known-tasks.ts'

/** With the keys that its place in the order depends on, as text that PostgreSQL reads back exactly. */
export type PlacedTask = TaskState & Record<`key${number}`, string>

/** Column or indexed expression, and its type. */
export type OrderKey = [expression: string, type: string]

export interface PlacedPage {
  access: Access
  lists: string[]
  keys: OrderKey[]
  direction: 'asc' | 'desc'
  conditions: Condition[]
  /** The keys of the row before it; null for the first page. */
  after: (string | number)[] | null
  limit: number
}

type Values = AccessState & { limit: number; lists: string[] } & Record<`list${number}` | `value${number}`, unknown> &
  Record<`after${number}`, string>

type PageStatement = (values: Values) => CompiledQuery<PlacedTask>

/** People and programs combine filters as they like. */
const MOST_KEPT = 200
const kept = new LRUCache<string, PageStatement>({ max: MOST_KEPT })

/**
 * The statement of a page. Its text depends on which filters there are and not on their values, and is built once for
 * each such shape: building it was a third of what the app did for a page.
 */
export function pageStatement(page: PlacedPage): CompiledQuery<PlacedTask> {
  const { access, lists, keys, direction, conditions, after, limit } = page
  const slots = slotsFor(lists, conditions)
  const shape: Shape = { keys, direction, conditions, isAfter: after !== null, slots }
  const values = {
    userId: access.userId,
    revision: access.revision,
    limit,
    lists,
    ...numbered(
      'list',
      Array.from({ length: slots }, (_, index) => lists[index] ?? null),
    ),
    ...numbered(
      'value',
      conditions.map(({ value }) => value ?? null),
    ),
    ...numbered('after', (after ?? []).map(String)),
  }
  return statementOf(shape)(values)
}

interface Shape extends Pick<PlacedPage, 'keys' | 'direction' | 'conditions'> {
  isAfter: boolean
  /** How many lists are merged; 0: they are read one by one. */
  slots: number
}

function statementOf(shape: Shape): PageStatement {
  const { keys, direction, conditions, isAfter, slots } = shape
  if (conditions.some(({ hasOwnValues }) => hasOwnValues)) return newStatement(shape)
  const name = JSON.stringify([keys, direction, isAfter, slots, conditions.map((condition) => condition.name)])
  let found = kept.get(name)
  if (!found) kept.set(name, (found = newStatement(shape)))
  return found
}

/**
 * Each list gives the places of its rows by its own index, and the best of those make the page: the cost follows the
 * number of lists and the page, not the number of tasks.
 */
function newStatement({ keys, direction, conditions, isAfter, slots }: Shape): PageStatement {
  return statement<Values, PlacedTask>((places) => {
    const order = sql.raw(keys.map(([key]) => `${key} ${direction}`).join(', '))
    const outer = sql.raw(keys.map((_, index) => `page.k${index} ${direction}`).join(', '))
    const where = conditions.map(({ text }, index) => text(places[`value${index}`]!))
    if (isAfter) where.push(isBehind(keys, direction, places))
    const placesIn = (list: RawBuilder<unknown>) => sql`
      (select t.id, t.change_no, ${sql.raw(keys.map(([key], index) => `${key} as k${index}`).join(', '))} from task t
      where t.list_id = ${list} and ${sql.join(where, sql` and `)} order by ${order} limit ${places.limit})`
    const from = slots > 0 ? merged(slots, places, placesIn) : oneByOne(places, placesIn)
    return sql<PlacedTask>`
      select page.id, page.change_no, ${sql.raw(keys.map((_, index) => `page.k${index}::text as key${index}`).join(', '))}
      from ${from} where ${holds(places)} order by ${outer} limit ${places.limit}`
  })
}

type PlacesIn = (list: RawBuilder<unknown>) => RawBuilder<unknown>

/** As a relation `page`. Each list is read as far as a page goes. */
const oneByOne = ({ lists }: Places<Values>, placesIn: PlacesIn) =>
  sql`unnest(${lists}::uuid[]) as l (id) cross join lateral ${placesIn(sql`l.id`)} as page`

/** The same, but PostgreSQL takes row by row from the list whose turn it is: a page in all, and not one of each list. */
function merged(slots: number, places: Places<Values>, placesIn: PlacesIn): RawBuilder<unknown> {
  const each = Array.from({ length: slots }, (_, index) => placesIn(sql`${places[`list${index}`]}::uuid`))
  return sql`(${sql.join(each, sql` union all `)}) as page`
}

const MOST_MERGED = 32

/**
 * In few sizes, so that few texts have to be planned; who asks for no list is answered at once. The text grows with the
 * lists. Words are asked for in their own index, which knows nothing of lists.
 */
function slotsFor(lists: string[], conditions: Condition[]): number {
  const areMerged = lists.length <= MOST_MERGED && !conditions.some(({ name }) => name === 'words')
  return areMerged ? 2 ** Math.ceil(Math.log2(Math.max(lists.length, 1))) : 0
}

function isBehind(keys: OrderKey[], direction: 'asc' | 'desc', places: Places<Values>): RawBuilder<boolean> {
  const left = sql.raw(keys.map(([key]) => key).join(', '))
  const right = sql.join(keys.map(([, type], index) => sql`${places[`after${index}`]}::${sql.raw(type)}`))
  return sql`(${left}) ${sql.raw(direction === 'asc' ? '>' : '<')} (${right})`
}

const numbered = <Name extends string, Value>(name: Name, values: Value[]) =>
  Object.fromEntries(values.map((value, index) => [`${name}${index}`, value])) as Record<`${Name}${number}`, Value>
