import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { AppError, notFound } from '@todo/platform/errors'
import type { Tables } from './tables.ts'

export interface VisibleList {
  id: string
  role: 'owner' | 'editor' | 'viewer'
  ownerId: string
  isInbox: boolean
  /** Everyone who may see it: the audience of its changes. */
  members: string[]
}

/** The person of a request and the lists that they may see: every repository function wants it. */
export interface Access {
  userId: string
  /** IANA zone of the person, for due dates without a time. */
  timeZone: string
  /** Minutes before due that a new task with a time is reminded of; null for none. */
  defaultReminder: number | null
  lists: ReadonlyMap<string, VisibleList>
  listIds: string[]
  /** Whose lists these are: what search asks by. */
  ownerIds: string[]
  inboxId: string
}

/** Resolved once per request. Lists in the bin are not visible, nor is what is in them. */
export async function visibleLists(db: Kysely<Tables>, userId: string): Promise<VisibleList[]> {
  const { rows } = await sql<VisibleList>`
    select l.id, m.role, l.owner_id as "ownerId", l.is_inbox as "isInbox",
      array(select user_id::text from list_member everyone where everyone.list_id = l.id) as members
    from list_member m join list l on l.id = m.list_id
    where m.user_id = ${userId} and l.deleted_at is null`.execute(db)
  return rows
}

export function accessTo(
  { userId, timeZone, defaultReminder }: Pick<Access, 'userId' | 'timeZone' | 'defaultReminder'>,
  lists: VisibleList[],
): Access {
  const inbox = lists.find((list) => list.isInbox && list.ownerId === userId)
  if (!inbox) throw new AppError('internal', 'This account has no Inbox.')
  return {
    userId,
    timeZone,
    defaultReminder,
    lists: new Map(lists.map((list) => [list.id, list])),
    listIds: lists.map((list) => list.id),
    ownerIds: [...new Set(lists.map((list) => list.ownerId))],
    inboxId: inbox.id,
  }
}

/** @throws 404 for a list that the person may not see, 403 for one that they may only read */
export function writableList(access: Access, listId: string): VisibleList {
  const list = access.lists.get(listId)
  if (!list) throw notFound('list')
  if (list.role === 'viewer') throw new AppError('forbidden', 'You may read this list, but not change it.')
  return list
}
