import { sql } from 'kysely'
import type { Insertable, Kysely } from 'kysely'
import type { Delivery } from '@todo/model/api'
import type { Tx } from '../context.ts'
import type { Tables } from '../tables.ts'

/** With the time at which the reminder rang: as another line about it says, else as the reminder does. */
export async function insertDelivery(tx: Tx, delivery: Insertable<Tables['delivery']>): Promise<void> {
  const { task_id: taskId, reminder_id: reminderId, remind_at: remindAt } = delivery
  const rangAt = sql<string | null>`coalesce(
    (select min(fired_at) from delivery
      where task_id = ${taskId} and reminder_id = ${reminderId} and remind_at = ${remindAt}),
    (select fired_at from reminder where task_id = ${taskId} and id = ${reminderId} and fired_at >= ${remindAt}))`
  await tx
    .insertInto('delivery')
    .values({ ...delivery, fired_at: rangAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Of a task, or of a list those that remind: where something waits for another try, as their logs say last. */
export async function tasksTriedAgain(tx: Tx, of: { taskId: string } | { listId: string }): Promise<string[]> {
  const among =
    'taskId' in of
      ? sql`t.id = ${of.taskId}`
      : sql`t.list_id = ${of.listId} and t.completed_at is null and t.deleted_at is null and t.reminders <> '[]'`
  const { rows } = await sql<{ id: string }>`
    select t.id from task t
    where ${among} and 'retrying' in (
      select distinct on (d.reminder_id, d.remind_at, d.channel, d.channel_id) d.status from delivery d
      where d.task_id = t.id
      order by d.reminder_id, d.remind_at, d.channel, d.channel_id, d.attempt desc, d.at desc)`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Newest first. */
export async function deliveriesOf(db: Kysely<Tables>, taskId: string): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select d.event_id as id, d.reminder_id as "reminderId", d.remind_at as "remindAt", coalesce(d.fired_at, r.fired_at) as "firedAt",
      d.channel, c.name as "channelName", d.status, d.attempt, d.at, d.error, d.retry_at as "retryAt"
    from delivery d
      left join reminder r on r.task_id = d.task_id and r.id = d.reminder_id and r.remind_at = d.remind_at
      left join channel c on c.id = d.channel_id
    where d.task_id = ${taskId} order by d.at desc, d.attempt desc limit 200`.execute(db)
  return rows
}
