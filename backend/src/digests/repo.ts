import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { dateText, dayNumberOf } from '@todo/model/civil-days'
import { endOfDay, startOfDay } from '@todo/model/due'
import type { EventData } from '@todo/model/events'
import type { Tx } from '../context.ts'
import type { Tables } from '../tables.ts'

/** Whose hour has come by then, the longest ago first. */
export async function dueDigests(db: Kysely<Tables>, by: Date, limit: number): Promise<{ userId: string }[]> {
  const { rows } = await sql<{ userId: string }>`
    select user_id as "userId" from digest where next_at <= ${by} order by next_at limit ${limit}`.execute(db)
  return rows
}

/** Moves a digest that is due on to its next time, in one statement: of all who try, one gets true. */
export async function claimDigest(
  tx: Tx,
  userId: string,
  { now, nextAt }: { now: Date; nextAt: Date },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update digest set next_at = ${nextAt} where user_id = ${userId} and next_at <= ${now}`.execute(tx)
  return Number(numAffectedRows) === 1
}

/** When the next one is due; null: there is none any more. One whose time has come is left to who is about to make it. */
export async function setDigest(
  tx: Tx,
  userId: string,
  { now, nextAt }: { now: Date; nextAt: Date | null },
): Promise<void> {
  if (!nextAt) {
    await tx.deleteFrom('digest').where('user_id', '=', userId).execute()
    return
  }
  await sql`
    insert into digest (user_id, next_at) values (${userId}, ${nextAt})
    on conflict (user_id) do update set next_at = excluded.next_at where digest.next_at > ${now}`.execute(tx)
}

export type Digest = Pick<EventData<'digest.due'>, 'overdue' | 'due' | 'done'>

const FIRST = 20

export interface DigestQuery {
  listIds: string[]
  /** `2026-12-01`, in the zone. */
  day: string
  timeZone: string
  now: Date
}

/** What there is to say of a day: a time of it that has passed is overdue, as everywhere. */
export async function digestOf(tx: Tx, { listIds, day, timeZone, now }: DigestQuery): Promise<Digest> {
  const start = startOfDay(day, timeZone)
  const tomorrow = endOfDay(day, timeZone)
  const yesterday = startOfDay(dateText(dayNumberOf(day) - 1), timeZone)
  const find = (condition: RawBuilder<boolean>, order: RawBuilder<unknown>) => firstOf(tx, listIds, condition, order)
  const open = sql`t.completed_at is null and t.deleted_at is null and t.due_by < ${tomorrow}`
  const isOverdue = sql`(t.due_by < ${start} or coalesce(t.due_at < ${now}, false))`
  return {
    overdue: await find(sql`${open} and ${isOverdue}`, sql`t.due_by`),
    due: await find(sql`${open} and not ${isOverdue}`, sql`t.due_by`),
    done: await find(
      sql`t.completed_at >= ${yesterday} and t.completed_at < ${start} and t.deleted_at is null and not t.skipped`,
      sql`t.completed_at`,
    ),
  }
}

interface FoundRow {
  taskId: string
  title: string
  date: string | null
  time: string | null
  timeZone: string | null
  count: number
}

/** How many there are, and the first of them. */
async function firstOf(
  tx: Tx,
  listIds: string[],
  condition: RawBuilder<boolean>,
  order: RawBuilder<unknown>,
): Promise<Digest['due']> {
  const { rows } = await sql<FoundRow>`
    select t.id as "taskId", t.title, t.due_date as date, t.due_time as time, t.due_zone as "timeZone",
      (count(*) over ())::int as count
    from task t where t.list_id = any(${listIds}::uuid[]) and ${condition}
    order by ${order}, t.id limit ${FIRST}`.execute(tx)
  const tasks = rows.map(({ taskId, title, date, time, timeZone }) => ({
    taskId,
    title,
    due: date === null ? null : { date, time, timeZone },
  }))
  return { count: rows[0]?.count ?? 0, tasks }
}
