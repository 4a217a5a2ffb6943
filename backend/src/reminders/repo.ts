import { sql } from 'kysely'
import type { Insertable, Kysely } from 'kysely'
import type { Delivery } from '@todo/model/api'
import type { Tx } from '../context.ts'
import type { Tables } from '../tables.ts'

export async function pendingReminders(tx: Tx, taskId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('reminder')
    .select('id')
    .where('task_id', '=', taskId)
    .where('state', '=', 'pending')
    .execute()
  return rows.map((row) => row.id)
}

export async function deleteReminders(tx: Tx, taskId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.deleteFrom('reminder').where('task_id', '=', taskId).where('id', 'in', ids).execute()
}

/** Whether it is new or has another time; one that fired at this very time stays fired. */
export async function upsertReminder(tx: Tx, reminder: Insertable<Tables['reminder']>): Promise<boolean> {
  const written = await tx
    .insertInto('reminder')
    .values(reminder)
    .onConflict((conflict) =>
      conflict
        .columns(['task_id', 'id'])
        .doUpdateSet({ remind_at: reminder.remind_at, user_id: reminder.user_id, state: 'pending', fired_at: null })
        .where('reminder.remind_at', '<>', sql<string>`excluded.remind_at`),
    )
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows) === 1
}

export interface ReminderRef {
  taskId: string
  reminderId: string
  remindAt: string
}

/** `pending` → `fired` in one statement: of all who try, one gets true. Nothing for a list in the bin. */
export async function claimReminder(
  tx: Tx,
  { taskId, reminderId, remindAt }: ReminderRef,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ user_id: string }>`
    update reminder r set state = 'fired', fired_at = ${now}
    from task t join list l on l.id = t.list_id
    where r.task_id = ${taskId} and r.id = ${reminderId} and r.state = 'pending' and r.remind_at = ${remindAt}
      and r.remind_at <= ${now}
      and t.id = r.task_id and t.completed_at is null and t.deleted_at is null and l.deleted_at is null
    returning r.user_id`.execute(tx)
  return rows[0]?.user_id ?? null
}

const refs = sql`r.task_id as "taskId", r.id as "reminderId", r.remind_at as "remindAt"`

/** What should have fired by then and did not, oldest first. */
export async function overdueReminders(db: Kysely<Tables>, before: Date, limit: number): Promise<ReminderRef[]> {
  const { rows } = await sql<ReminderRef>`
    select ${refs} from reminder r join task t on t.id = r.task_id join list l on l.id = t.list_id
    where r.state = 'pending' and r.remind_at <= ${before}
      and t.completed_at is null and t.deleted_at is null and l.deleted_at is null
    order by r.remind_at limit ${limit}`.execute(db)
  return rows
}

/** Reminders of a list whose time has passed count as fired, without a word. */
export async function silencePastReminders(tx: Tx, listId: string, now: Date): Promise<void> {
  await sql`update reminder r set state = 'fired' from task t
    where t.id = r.task_id and t.list_id = ${listId} and r.state = 'pending' and r.remind_at <= ${now}`.execute(tx)
}

/** What comes due in a span of time. */
export async function remindersBetween(db: Kysely<Tables>, from: Date, to: Date): Promise<ReminderRef[]> {
  const { rows } = await sql<ReminderRef>`
    select ${refs} from reminder r
    where r.state = 'pending' and r.remind_at > ${from} and r.remind_at <= ${to}`.execute(db)
  return rows
}

/** Tasks of a person with pending reminders that count back from a day, and so move with the person's zone. */
export async function tasksRemindedByDay(tx: Tx, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct t.id from reminder r join task t on t.id = r.task_id
    where r.user_id = ${userId} and r.state = 'pending' and t.due_date is not null and t.due_time is null`.execute(tx)
  return rows.map((row) => row.id)
}

export async function insertDelivery(tx: Tx, delivery: Insertable<Tables['delivery']>): Promise<void> {
  await tx
    .insertInto('delivery')
    .values(delivery)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Newest first. */
export async function deliveriesOf(db: Kysely<Tables>, taskId: string): Promise<Delivery[]> {
  const { rows } = await sql<Delivery>`
    select d.event_id as id, d.reminder_id as "reminderId", d.remind_at as "remindAt", r.fired_at as "firedAt",
      d.channel, c.name as "channelName", d.status, d.attempt, d.at, d.error, d.retry_at as "retryAt"
    from delivery d
      left join reminder r on r.task_id = d.task_id and r.id = d.reminder_id and r.remind_at = d.remind_at
      left join channel c on c.id = d.channel_id
    where d.task_id = ${taskId} order by d.at desc, d.attempt desc limit 200`.execute(db)
  return rows
}
