import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import { AppError, notFound } from '@todo/platform/errors'
import type { Places } from './statement.ts'
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
  /** Which state of it this is; what `holds` asks the database about. Null: it was asked, see `settled`. */
  revision: number | null
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

/** Runs a part of a change that is several: each goes by what the person may see at its time. */
export type WithAccess = <T>(work: (access: Access) => Promise<T>) => Promise<T>

interface AccessRow extends Pick<Access, 'timeZone' | 'defaultReminder'> {
  revision: number
  lists: VisibleList[]
}

/**
 * As it is now, all of one moment; null when there is no such account, or no Inbox yet. Lists in the bin are not visible,
 * nor is what is in them.
 */
export async function readAccess(db: Kysely<Tables>, userId: string): Promise<Access | null> {
  const { rows } = await sql<AccessRow>`
    select r.revision, u."timeZone", u."defaultReminder", array(
      select json_build_object('id', l.id, 'role', m.role, 'ownerId', l.owner_id, 'isInbox', l.is_inbox,
        'members', array(select user_id from list_member everyone where everyone.list_id = l.id))
      from list_member m join list l on l.id = m.list_id
      where m.user_id = u.id and l.deleted_at is null
    ) as lists
    from "user" u join access_revision r on r.user_id = u.id where u.id = ${userId}`.execute(db)
  const [row] = rows
  const inbox = row?.lists.find((list) => list.isInbox && list.ownerId === userId)
  if (!row || !inbox) return null
  const { lists, ...rest } = row
  return {
    userId,
    ...rest,
    lists: new Map(lists.map((list) => [list.id, list])),
    listIds: lists.map((list) => list.id),
    ownerIds: [...new Set(lists.map((list) => list.ownerId))],
    inboxId: inbox.id,
  }
}

const CHANGED = 'TC001'

/**
 * For the `where` of the first statement of a request, or of a transaction, that goes by an access: it fails when the
 * access is not what it was, and `isOfOldAccess` knows that error. It costs a statement 5 µs on a slow machine, where
 * reading a task takes 200.
 */
export function holds({ userId, revision }: AccessState | Places<AccessState>): RawBuilder<boolean> {
  if (revision === null) return sql`true`
  return sql`case when ${revision}::bigint is null
    or (select revision from access_revision where user_id = ${userId}) = ${revision} then true
    else access_changed() end`
}

/** What `holds` asks about. */
export type AccessState = Pick<Access, 'userId' | 'revision'>

/** Until the end of a transaction every change of what the person may see waits, just before it is done. */
export async function holdAccess(tx: Kysely<Tables>, userId: string): Promise<void> {
  await sql`select from access_revision where user_id = ${userId} for share`.execute(tx)
}

/** What follows a statement that has asked goes by the same, as if all of it were before the next change. */
export const settled = (access: Access): Access => ({ ...access, revision: null })

export const isOfOldAccess = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === CHANGED

/** @throws 404 for a list that the person may not see, 403 for one that they may only read */
export function writableList(access: Access, listId: string): VisibleList {
  const list = access.lists.get(listId)
  if (!list) throw notFound('list')
  if (list.role === 'viewer') throw new AppError('forbidden', 'You may read this list, but not change it.')
  return list
}
