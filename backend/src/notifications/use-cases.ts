import type { z } from 'zod'
import type { MarkNotifications, NotificationPage, NotificationQuery } from '@todo/model/api'
import { decodeCursor, encodeCursor } from '../tasks/cursor.ts'
import type { Kysely } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Tables } from '../tables.ts'
import { countUnread, markRead, markTaskRead, notificationsOf } from './repo.ts'

export async function listNotifications(
  db: Kysely<Tables>,
  userId: string,
  { state, cursor, limit }: z.output<typeof NotificationQuery>,
): Promise<z.infer<typeof NotificationPage>> {
  const place = decodeCursor(cursor, 'notifications', ['timestamptz', 'uuid'])
  const after = place && { createdAt: String(place[0]), id: String(place[1]) }
  const rows = await notificationsOf(db, userId, { unread: state === 'unread', after, limit: limit + 1 })
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor: rows.length > limit && last ? encodeCursor('notifications', [last.createdAt, last.id]) : null,
    unread: await countUnread(db, userId),
  }
}

/** In every tab of the person. Answers how many are unread then. */
export async function markNotifications(
  ctx: Ctx,
  { userId, mark }: { userId: string; mark: z.output<typeof MarkNotifications> },
): Promise<{ unread: number }> {
  const { tx, now } = ctx
  const changed = await markRead(tx, userId, mark.ids, mark.read ? now() : null)
  if (changed > 0) announceRead(ctx, userId)
  return { unread: await countUnread(tx, userId) }
}

/** What was said about a task has been seen. */
export async function markReadOfTask(ctx: Ctx, { userId, taskId }: { userId: string; taskId: string }): Promise<void> {
  if ((await markTaskRead(ctx.tx, userId, taskId, ctx.now())) > 0) announceRead(ctx, userId)
}

function announceRead({ emit, origin }: Ctx, userId: string): void {
  emit('view.changed', userId, { resource: 'notifications', id: null, audience: [userId], clientId: origin.clientId })
}
