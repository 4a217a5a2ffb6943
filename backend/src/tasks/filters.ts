import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { endOfDay, startOfDay } from '@todo/model/due'
import type { TaskQuery } from '@todo/model/query'
import { notFound } from '@todo/platform/errors'
import type { Access } from '../access.ts'
import { priorityNumber } from './task-row.ts'

/** What a row of `task t` has to fulfil. Conditions of one name have one text, whatever their values. */
export interface Condition {
  name: string
  text: (value: RawBuilder<unknown>) => RawBuilder<boolean>
  value?: unknown
  /** Its text has values in it: it is built for them alone. */
  hasOwnValues?: true
}

const STATE: Record<TaskQuery['state'], Condition> = {
  open: fixed('open', sql`t.completed_at is null and t.deleted_at is null`),
  completed: fixed('completed', sql`t.completed_at is not null and t.deleted_at is null`),
  deleted: fixed('deleted', sql`t.deleted_at is not null and not t.withdrawn`),
  all: fixed('all', sql`t.deleted_at is null`),
}

/** A condition without a value. */
function fixed(name: string, text: RawBuilder<boolean>): Condition {
  return { name, text: () => text }
}

/** The lists that a query looks into, each once: those it names, or all that the person may see. */
export function queriedLists(access: Access, query: Pick<TaskQuery, 'listId'>): string[] {
  if (!query.listId || query.listId.length === 0) return access.listIds
  for (const id of query.listId) if (!access.lists.has(id)) throw notFound('list')
  return [...new Set(query.listId)]
}

/** Everything that a row has to fulfil, but for its list. Words like `tag_keys` match the indexes of 0002-tasks.sql. */
export function conditionsOf(query: TaskQuery, timeZone: string): Condition[] {
  const conditions = [
    STATE[query.state],
    ...dueConditions(query, timeZone),
    ...tagConditions(query),
    ...priorityConditions(query),
  ]
  if (query.recurring !== undefined) conditions.push(query.recurring ? RECURRING : NOT_RECURRING)
  if (query.completedFrom) {
    const value = startOfDay(query.completedFrom, timeZone)
    conditions.push({ name: 'completedFrom', text: (from) => sql`t.completed_at >= ${from}::timestamptz`, value })
  }
  return conditions
}

/** For a statement that is built for these values alone. */
export const allOf = (conditions: readonly Condition[]): RawBuilder<boolean> =>
  sql.join(
    conditions.map(({ text, value }) => text(sql`${value}`)),
    sql` and `,
  )

const RECURRING = fixed('recurring', sql`t.recurrence is not null`)
const NOT_RECURRING = fixed('not recurring', sql`t.recurrence is null`)
export const DATED = fixed('dated', sql`t.due_by < 'infinity'`)
export const UNDATED = fixed('undated', sql`t.due_by = 'infinity'`)

/** Days are those of the person: a time of another zone counts on the day that it is here. */
function dueConditions({ dueFrom, dueTo, dueBefore, hasDue }: TaskQuery, timeZone: string): Condition[] {
  const conditions: Condition[] = []
  if (dueFrom) conditions.push({ name: 'from', text: dueFromText, value: startOfDay(dueFrom, timeZone) })
  if (dueTo) conditions.push({ name: 'before', text: dueBeforeText, value: endOfDay(dueTo, timeZone) })
  if (dueBefore) conditions.push({ name: 'before', text: dueBeforeText, value: dueBefore })
  if (hasDue || dueFrom) conditions.push(DATED)
  if (hasDue === false) conditions.push(UNDATED)
  return conditions
}

const dueFromText: Condition['text'] = (from) => sql`t.due_by >= ${from}::timestamptz`
const dueBeforeText: Condition['text'] = (before) => sql`t.due_by < ${before}::timestamptz`

function tagConditions({ tagsAny, tagsAll }: TaskQuery): Condition[] {
  const conditions: Condition[] = []
  if (tagsAny?.length) conditions.push({ name: 'any tag', text: anyTagText, value: tagsAny })
  if (tagsAll?.length) conditions.push({ name: 'all tags', text: allTagsText, value: tagsAll })
  return conditions
}

const anyTagText: Condition['text'] = (tags) => sql`tag_keys(t.tags) && tag_keys(${tags}::text[])`
const allTagsText: Condition['text'] = (tags) => sql`tag_keys(t.tags) @> tag_keys(${tags}::text[])`

/** As the index has it, so that a single priority is read in the order of due dates. */
function priorityConditions({ priority = [] }: TaskQuery): Condition[] {
  const numbers = priority.map((one) => -priorityNumber(one))
  if (numbers.length > 1) return [{ name: 'priorities', text: prioritiesText, value: numbers }]
  return numbers.map((value) => ({ name: 'priority', text: priorityText, value }))
}

const priorityText: Condition['text'] = (number) => sql`-t.priority = ${number}::smallint`
const prioritiesText: Condition['text'] = (numbers) => sql`-t.priority = any(${numbers}::smallint[])`
