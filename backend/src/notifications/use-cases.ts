import { v5 as uuidv5 } from 'uuid'
import type { z } from 'zod'
import type { MarkNotifications, Notification, NotificationPage, NotificationQuery } from '@todo/model/api'
import { decodeCursor, encodeCursor, pageOf } from '../tasks/cursor.ts'
import type { Kysely } from 'kysely'
import { announceView } from '../announce-view.ts'
import type { Ctx } from '../context.ts'
import type { Tables } from '../tables.ts'
import { countUnread, insertNotification, markRead, notificationsOf, setRead } from './repo.ts'
import type { AboutTasks } from './repo.ts'

/** Namespace of ids of notifications: each follows from the event behind it. */
const NOTIFICATIONS = '5b3b1c0e-9f7d-5f0c-8f43-9f0f0a5d6a11'

export function notificationIdOf(event: { id: string }): string {
  return uuidv5(event.id, NOTIFICATIONS)
}

/** Puts something into the notification centre of a person. The same id twice is the same notification. */
export async function notify(
  ctx: Ctx,
  { id, userId, kind, taskId, title, body }: Omit<Notification, 'createdAt' | 'readAt'> & { userId: string },
): Promise<void> {
  const row = { id, user_id: userId, kind, task_id: taskId, title, body, created_at: ctx.now(), read_at: null }
  await insertNotification(ctx.tx, row)
  announceView(ctx, userId, { resource: 'notifications', id, clientId: null })
}

export async function listNotifications(
  db: Kysely<Tables>,
  userId: string,
  { state, cursor, limit }: z.output<typeof NotificationQuery>,
): Promise<z.infer<typeof NotificationPage>> {
  const place = decodeCursor(cursor, 'notifications', ['timestamptz', 'uuid'])
  const after = place && { createdAt: String(place[0]), id: String(place[1]) }
  const rows = await notificationsOf(db, userId, { unread: state === 'unread', after, limit: limit + 1 })
  const page = pageOf(rows, limit, (last) => encodeCursor('notifications', [last.createdAt, last.id]))
  return { ...page, unread: await countUnread(db, userId) }
}

/** In every tab of the person. Answers how many are unread then. */
export async function markNotifications(
  ctx: Ctx,
  { userId, mark }: { userId: string; mark: z.output<typeof MarkNotifications> },
): Promise<{ unread: number }> {
  const { tx, now } = ctx
  await tellIfAny(ctx, userId, markRead(tx, userId, mark.ids, mark.read ? now() : null))
  return { unread: await countUnread(tx, userId) }
}

/** What was said about these tasks has been seen. */
export function markReadOfTasks(ctx: Ctx, about: AboutTasks, at = ctx.now()): Promise<void> {
  return tellIfAny(ctx, about.userId, setRead(ctx.tx, about, { was: null, becomes: at }))
}

/** Takes back what `markReadOfTasks` did with this time. */
export function markUnreadOfTasks(ctx: Ctx, about: AboutTasks, at: Date): Promise<void> {
  return tellIfAny(ctx, about.userId, setRead(ctx.tx, about, { was: at, becomes: null }))
}

/** Tells the tabs of the person where anything was changed. @param changing answers how many */
async function tellIfAny(ctx: Ctx, userId: string, changing: Promise<number>): Promise<void> {
  if ((await changing) > 0) announceView(ctx, userId, { resource: 'notifications' })
}
