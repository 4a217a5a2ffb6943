import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Ring } from '@todo/model/next-ring'
import type { Ctx, Tx } from '../context.ts'
import type { Person } from '../profile/repo.ts'
import type { Tables } from '../tables.ts'

/** A reminder of a task, as far as its alarm has come. */
export interface ReminderRow {
  id: string
  state: 'pending' | 'held' | 'fired'
  /** The time that the task sets for it. */
  setFor: string
  /** While quiet hours keep it back. */
  heldUntil: string | null
}

export async function remindersOf(tx: Tx, taskId: string): Promise<ReminderRow[]> {
  const { rows } = await sql<ReminderRow>`
    select id, state, coalesce(set_for, remind_at) as "setFor", held_until as "heldUntil"
    from reminder where task_id = ${taskId}`.execute(tx)
  return rows
}

/** Those that never rang leave nothing behind; the others are over, and known to have rung. */
export async function dropReminders(tx: Tx, taskId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from reminder
    where task_id = ${taskId} and id = any(${ids}::uuid[]) and state = 'pending' and fired_at is null`.execute(tx)
  await sql`update reminder set state = 'fired', held_until = null
    where task_id = ${taskId} and id = any(${ids}::uuid[])`.execute(tx)
}

interface SetReminder extends ReminderRef, Ring {
  userId: string
  /** Its time has passed, and it stays silent. */
  isOver: boolean
}

/** Sets a reminder anew. Of one that goes on as it was set, it stays known that it has rung. */
export async function setReminder(tx: Tx, reminder: SetReminder): Promise<void> {
  const { taskId, reminderId, userId, setFor, remindAt, isOver } = reminder
  await sql`insert into reminder (task_id, id, user_id, set_for, remind_at, state)
    values (${taskId}, ${reminderId}, ${userId}, ${setFor}, ${remindAt}, ${isOver ? 'fired' : 'pending'})
    on conflict (task_id, id) do update set user_id = excluded.user_id, set_for = excluded.set_for,
      remind_at = excluded.remind_at, state = excluded.state, held_until = null,
      fired_at = case when coalesce(reminder.set_for, reminder.remind_at) = excluded.set_for then reminder.fired_at end`.execute(
    tx,
  )
}

export interface ReminderRef {
  taskId: string
  reminderId: string
  remindAt: string
}

/** Until the end of this transaction nobody changes them. */
export async function shareQuietHours(
  tx: Tx,
  userId: string,
): Promise<Pick<Person, 'quietFrom' | 'quietTo' | 'timeZone'>> {
  return tx
    .selectFrom('user')
    .select(['quietFrom', 'quietTo', 'timeZone'])
    .where('id', '=', userId)
    .forShare()
    .executeTakeFirstOrThrow()
}

/** Nobody is reminded of what is done, in the bin, or in a list in the bin. */
const isOpen = sql`t.completed_at is null and t.deleted_at is null and l.deleted_at is null`

const refs = sql`r.task_id as "taskId", r.id as "reminderId", r.remind_at as "remindAt"`

/** `pending` → `fired` in one statement: of all who try, one gets true. Nothing for a list in the bin. */
export async function claimReminder(
  tx: Tx,
  { taskId, reminderId, remindAt }: ReminderRef,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ user_id: string }>`
    update reminder r set state = 'fired', fired_at = ${now}, held_until = null
    from task t join list l on l.id = t.list_id
    where r.task_id = ${taskId} and r.id = ${reminderId} and r.state = 'pending' and r.remind_at = ${remindAt}
      and r.remind_at <= ${now}
      and t.id = r.task_id and ${isOpen}
    returning r.user_id`.execute(tx)
  return rows[0]?.user_id ?? null
}

/** Rings again at that time: it goes on until the task is done. @param heldUntil the same, where quiet hours say so */
export async function repeatReminder(
  tx: Tx,
  { taskId, reminderId, remindAt }: ReminderRef,
  heldUntil: string | null,
): Promise<void> {
  await sql`update reminder set state = 'pending', set_for = coalesce(set_for, remind_at), remind_at = ${remindAt},
      held_until = ${heldUntil}
    where task_id = ${taskId} and id = ${reminderId}`.execute(tx)
}

/** Those among these whose time has come and that go on ring next at that time. Answers which they are. */
export async function postponeRepeating(
  { tx, now }: Pick<Ctx, 'tx' | 'now'>,
  { taskId, ids, remindAt }: { taskId: string; ids: string[]; remindAt: string },
): Promise<ReminderRef[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<ReminderRef>`
    update reminder r set remind_at = ${remindAt}, set_for = coalesce(r.set_for, r.remind_at), held_until = null
    where r.task_id = ${taskId} and r.id = any(${ids}::uuid[]) and r.state = 'pending'
      and coalesce(r.set_for, r.remind_at) <= ${now()}
    returning ${refs}`.execute(tx)
  return rows
}

/** What is left of one that has just rung waits until then. */
export async function holdReminder(tx: Tx, { taskId, reminderId }: ReminderRef, until: string): Promise<void> {
  await sql`update reminder set state = 'held', held_until = ${until}
    where task_id = ${taskId} and id = ${reminderId}`.execute(tx)
}

/** `held` → `fired` in one statement, as `claimReminder`: whom it is for, or null. */
export async function claimHeld(
  tx: Tx,
  { taskId, reminderId, remindAt }: ReminderRef,
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ user_id: string }>`
    update reminder r set state = 'fired', held_until = null
    from task t join list l on l.id = t.list_id
    where r.task_id = ${taskId} and r.id = ${reminderId} and r.state = 'held' and r.remind_at = ${remindAt}
      and r.held_until <= ${now}
      and t.id = r.task_id and ${isOpen}
    returning r.user_id`.execute(tx)
  return rows[0]?.user_id ?? null
}

/** What is held of a task is not sent any more. Answers what that was. */
export async function callOffHeld(tx: Tx, taskId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update reminder set state = 'fired', held_until = null where task_id = ${taskId} and state = 'held'
    returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What quiet hours keep back of a person waits until then. Answers what that is, and whether it rings again by itself. */
export async function holdUntil(
  tx: Tx,
  userId: string,
  until: string,
): Promise<(ReminderRef & { isRepeating: boolean })[]> {
  const { rows } = await sql<ReminderRef & { isRepeating: boolean }>`
    update reminder r set held_until = ${until}, remind_at = case r.state when 'pending' then ${until} else r.remind_at end
    where r.user_id = ${userId} and r.state in ('held', 'pending') and r.held_until is not null
    returning ${refs}, r.state = 'pending' as "isRepeating"`.execute(tx)
  return rows
}

/** What should have fired by then and did not, oldest first. */
export async function overdueReminders(db: Kysely<Tables>, before: Date, limit: number): Promise<ReminderRef[]> {
  const { rows } = await sql<ReminderRef>`
    select ${refs} from reminder r join task t on t.id = r.task_id join list l on l.id = t.list_id
    where r.state = 'pending' and r.remind_at <= ${before}
      and ${isOpen}
    order by r.remind_at limit ${limit}`.execute(db)
  return rows
}

/** What should have gone out by then and is still held, oldest first. */
export async function overdueHeld(db: Kysely<Tables>, before: Date, limit: number): Promise<ReminderRef[]> {
  const { rows } = await sql<ReminderRef>`
    select ${refs} from reminder r join task t on t.id = r.task_id join list l on l.id = t.list_id
    where r.state = 'held' and r.held_until <= ${before}
      and ${isOpen}
    order by r.held_until limit ${limit}`.execute(db)
  return rows
}

/** Reminders of a list whose time has passed count as fired, without a word. Those that repeat go on. */
export async function silencePastReminders(tx: Tx, listId: string, now: Date): Promise<void> {
  await sql`update reminder r set state = 'fired', held_until = null from task t
    where t.id = r.task_id and t.list_id = ${listId}
      and (r.state = 'pending' and r.remind_at <= ${now} or r.state = 'held' and r.held_until <= ${now})
      and not exists (select from jsonb_array_elements(t.reminders) as wanted
        where wanted->>'id' = r.id::text and wanted ? 'repeatMinutes')`.execute(tx)
}

/** What comes due in a span of time. */
export async function remindersBetween(db: Kysely<Tables>, from: Date, to: Date): Promise<ReminderRef[]> {
  const { rows } = await sql<ReminderRef>`
    select ${refs} from reminder r
    where r.state = 'pending' and r.remind_at > ${from} and r.remind_at <= ${to}`.execute(db)
  return rows
}

export interface HeldReminder extends ReminderRef {
  heldUntil: string
}

/** What goes out in a span of time, at the end of quiet hours. */
export async function heldBetween(db: Kysely<Tables>, from: Date, to: Date): Promise<HeldReminder[]> {
  const { rows } = await sql<HeldReminder>`
    select ${refs}, r.held_until as "heldUntil" from reminder r
    where r.state = 'held' and r.held_until > ${from} and r.held_until <= ${to}`.execute(db)
  return rows
}

/** Tasks of a person with pending reminders that count back from a day, and so move with the person's zone. */
export async function tasksRemindedByDay(tx: Tx, userId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct t.id from reminder r join task t on t.id = r.task_id
    where r.user_id = ${userId} and r.state = 'pending' and t.due_date is not null and t.due_time is null`.execute(tx)
  return rows.map((row) => row.id)
}

/** Alarms that may still be set for a person, or for what is in their lists. */
export async function alarmsAbout(tx: Tx, userId: string): Promise<Omit<ReminderRef, 'remindAt'>[]> {
  const { rows } = await sql<Omit<ReminderRef, 'remindAt'>>`
    select r.task_id as "taskId", r.id as "reminderId" from reminder r join task t on t.id = r.task_id
    where (r.user_id = ${userId} or t.owner_id = ${userId}) and r.state <> 'fired'`.execute(tx)
  return rows
}
