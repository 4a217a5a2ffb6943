import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/**
 * Ids for `= any(…)`, behind a query: PostgreSQL does not see how many they are. Seeing it, it takes the plan for these
 * few for better than one for any number, and plans the statement anew each time.
 */
export function uuidArray(ids: readonly string[] | RawBuilder<string[]>): RawBuilder<string[]> {
  return sql`(select ${ids}::uuid[])::uuid[]`
}
