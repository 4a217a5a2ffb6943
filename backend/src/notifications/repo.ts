import { sql } from 'kysely'
import type { Insertable, Kysely } from 'kysely'
import type { Notification } from '@todo/model/api'
import type { Tx } from '../context.ts'
import type { Tables } from '../tables.ts'

export async function insertNotification(tx: Tx, notification: Insertable<Tables['notification']>): Promise<void> {
  await tx
    .insertInto('notification')
    .values(notification)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Nobody has read that they were to be reminded of this task: whatever comes next takes its place. */
export async function dropUnreadReminders(tx: Tx, userId: string, taskId: string): Promise<void> {
  await tx
    .deleteFrom('notification')
    .where('user_id', '=', userId)
    .where('task_id', '=', taskId)
    .where('kind', '=', 'reminder')
    .where('read_at', 'is', null)
    .execute()
}

interface NotificationPlace {
  createdAt: string
  id: string
}

/** Newest first, from a place on. */
export async function notificationsOf(
  db: Kysely<Tables>,
  userId: string,
  { unread, after, limit }: { unread: boolean; after: NotificationPlace | null; limit: number },
): Promise<Notification[]> {
  const { rows } = await sql<Notification>`
    select id, kind, task_id as "taskId", title, body, created_at as "createdAt", read_at as "readAt"
    from notification
    where user_id = ${userId} ${unread ? sql`and read_at is null` : sql``}
      ${after ? sql`and (created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)` : sql``}
    order by created_at desc, id desc limit ${limit}`.execute(db)
  return rows
}

export async function countUnread(db: Kysely<Tables>, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from notification where user_id = ${userId} and read_at is null`.execute(db)
  return rows[0]!.count
}

/** What is said about a task, or about all of a list. */
export interface AboutTasks {
  userId: string
  of: { taskId: string } | { listId: string }
  /** Of every kind, when left out. */
  kind?: Notification['kind']
}

/** Those that were read at this time (null: that are unread) become read at that one. Answers how many it changed. */
export async function setRead(
  tx: Tx,
  { userId, of, kind }: AboutTasks,
  { was, becomes }: { was: Date | null; becomes: Date | null },
): Promise<number> {
  const marked = await tx
    .updateTable('notification')
    .set({ read_at: becomes })
    .where('user_id', '=', userId)
    .where('read_at', was ? '=' : 'is', was ? was.toISOString() : null)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind!))
    .where((eb) =>
      'taskId' in of
        ? eb('task_id', '=', of.taskId)
        : eb('task_id', 'in', tx.selectFrom('task').select('id').where('list_id', '=', of.listId)),
    )
    .executeTakeFirst()
  return Number(marked.numUpdatedRows)
}

/** Answers how many it changed. */
export async function markRead(
  tx: Tx,
  userId: string,
  ids: string[] | undefined,
  readAt: Date | null,
): Promise<number> {
  const marked = await tx
    .updateTable('notification')
    .set({ read_at: readAt })
    .where('user_id', '=', userId)
    .where('read_at', readAt ? 'is' : 'is not', null)
    .$if(ids !== undefined, (query) => query.where(sql<boolean>`id = any(${ids}::uuid[])`))
    .executeTakeFirst()
  return Number(marked.numUpdatedRows)
}
