import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Overview } from '@todo/model/api'
import { endOfDay, startOfDay } from '@todo/model/due'
import type { TagSummary } from '@todo/model/list'
import type { Tables } from '../tables.ts'
import { holds } from '../access.ts'
import type { Access } from '../access.ts'

/** Open tasks by when they are due. `today` is the person's day; a time of today that has passed counts as overdue. */
export async function countTasks(
  db: Kysely<Tables>,
  access: Access,
  today: string,
  now: Date,
): Promise<Overview['counts']> {
  const tomorrow = endOfDay(today, access.timeZone)
  const { rows } = await sql<Overview['counts']>`
    select
      (count(*) filter (where list_id = ${access.inboxId}))::int as inbox,
      (count(*) filter (where due_by < ${tomorrow}))::int as today,
      (count(*) filter (where due_by < ${startOfDay(today, access.timeZone)} or due_at < ${now}))::int as overdue,
      (count(*) filter (where due_by >= ${tomorrow} and due_by < 'infinity'))::int as upcoming,
      count(*)::int as all
    from task
    where list_id = any(${access.listIds}::uuid[]) and completed_at is null and deleted_at is null
      and ${holds(access)}`.execute(db)
  return rows[0]!
}

/** Every tag on a task that is not in the bin, with its open tasks; spelled as most of them spell it. */
export async function tagsOf(db: Kysely<Tables>, access: Access): Promise<TagSummary[]> {
  const { rows } = await sql<TagSummary>`
    select used.name, c.color, used."openTasks"
    from (
      select mode() within group (order by tag) as name, tag_key(tag) as key,
        (count(*) filter (where t.completed_at is null))::int as "openTasks"
      from task t cross join unnest(t.tags) as tag
      where t.list_id = any(${access.listIds}::uuid[]) and t.deleted_at is null and ${holds(access)}
      group by tag_key(tag)
    ) as used
    left join tag_color c on c.user_id = ${access.userId} and c.name = used.key
    order by used.key collate "C"`.execute(db)
  return rows
}
