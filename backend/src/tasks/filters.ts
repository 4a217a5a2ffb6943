import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { endOfDay, startOfDay } from '@todo/model/due'
import { PRIORITIES } from '@todo/model/task'
import type { TaskQuery } from '@todo/model/query'
import { notFound } from '@todo/platform/errors'
import type { Access } from '../access.ts'

type Condition = RawBuilder<boolean>

const STATE: Record<TaskQuery['state'], Condition> = {
  open: sql`t.completed_at is null and t.deleted_at is null`,
  completed: sql`t.completed_at is not null and t.deleted_at is null`,
  deleted: sql`t.deleted_at is not null and not t.withdrawn`,
  all: sql`t.deleted_at is null`,
}

/** The lists that a query looks into, each once: those it names, or all that the person may see. */
export function queriedLists(access: Access, query: Pick<TaskQuery, 'listId'>): string[] {
  if (!query.listId || query.listId.length === 0) return access.listIds
  for (const id of query.listId) if (!access.lists.has(id)) throw notFound('list')
  return [...new Set(query.listId)]
}

/** Everything that a row has to fulfil, but for its list. Words like `tag_keys` match the indexes of 0002-tasks.sql. */
export function conditionsOf(query: TaskQuery, timeZone: string): Condition {
  const conditions = [STATE[query.state], ...dueConditions(query, timeZone), ...tagConditions(query)]
  if (query.priority?.length) {
    const numbers = query.priority.map((priority) => PRIORITIES.indexOf(priority) + 1)
    // As the index has it, so that a single priority is read in the order of due dates.
    const [first, ...others] = numbers.map((number) => -number)
    conditions.push(
      others.length === 0
        ? sql`-t.priority = ${first}::smallint`
        : sql`-t.priority = any(${[first, ...others]}::smallint[])`,
    )
  }
  if (query.recurring !== undefined)
    conditions.push(query.recurring ? sql`t.recurrence is not null` : sql`t.recurrence is null`)
  if (query.completedFrom)
    conditions.push(sql`t.completed_at >= ${startOfDay(query.completedFrom, timeZone)}::timestamptz`)
  return sql.join(conditions, sql` and `)
}

/** Days are those of the person: a time of another zone counts on the day that it is here. */
function dueConditions({ dueFrom, dueTo, dueBefore, hasDue }: TaskQuery, timeZone: string): Condition[] {
  const conditions: Condition[] = []
  if (dueFrom) conditions.push(sql`t.due_by >= ${startOfDay(dueFrom, timeZone)}::timestamptz`)
  if (dueTo) conditions.push(sql`t.due_by < ${endOfDay(dueTo, timeZone)}::timestamptz`)
  if (dueBefore) conditions.push(sql`t.due_by < ${dueBefore}::timestamptz`)
  if (hasDue || dueFrom) conditions.push(sql`t.due_by < 'infinity'`)
  if (hasDue === false) conditions.push(sql`t.due_by = 'infinity'`)
  return conditions
}

function tagConditions({ tagsAny, tagsAll }: TaskQuery): Condition[] {
  const conditions: Condition[] = []
  if (tagsAny?.length) conditions.push(sql`tag_keys(t.tags) && tag_keys(${tagsAny}::text[])`)
  if (tagsAll?.length) conditions.push(sql`tag_keys(t.tags) @> tag_keys(${tagsAll}::text[])`)
  return conditions
}
