import { sql } from 'kysely'
import type { Insertable, Kysely } from 'kysely'
import type { List, ListState } from '@todo/model/list'
import { notFound } from '@todo/platform/errors'
import type { Tx } from '../context.ts'
import type { Tables } from '../tables.ts'

const columns = sql`
  l.id, l.name, l.color, l.is_inbox as "isInbox", m.role, m.rank, l.version,
  l.created_at as "createdAt", l.updated_at as "updatedAt", l.deleted_at as "deletedAt",
  (select count(*) from task t where t.list_id = l.id and t.completed_at is null and t.deleted_at is null)::int as "openTasks"`

/** The lists of a person in their order, the Inbox first; those in the bin by when they came there, the latest first. */
export async function listsOf(db: Kysely<Tables>, userId: string, state: ListState = 'open'): Promise<List[]> {
  const { rows } = await sql<List>`
    select ${columns} from list_member m join list l on l.id = m.list_id
    where m.user_id = ${userId} and (l.deleted_at is not null) = ${state === 'deleted'}
    order by l.deleted_at desc, not l.is_inbox, m.rank, l.id`.execute(db)
  return rows
}

/** Names of the lists that a person may add to. */
export async function writableNames(db: Kysely<Tables>, userId: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select l.id, l.name from list_member m join list l on l.id = m.list_id
    where m.user_id = ${userId} and m.role <> 'viewer' and l.deleted_at is null`.execute(db)
  return rows
}

/** Also one in the bin, so that it can be restored. */
export async function lockList(tx: Tx, userId: string, listId: string): Promise<List> {
  const { rows } = await sql<List>`
    select ${columns} from list_member m join list l on l.id = m.list_id
    where m.user_id = ${userId} and l.id = ${listId} for no key update of l, m`.execute(tx)
  if (!rows[0]) throw notFound('list')
  return rows[0]
}

/** False when the id is taken, or the person has an Inbox already. */
export async function insertList(tx: Tx, list: Insertable<Tables['list']>, rank: string): Promise<boolean> {
  const inserted = await tx
    .insertInto('list')
    .values(list)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(inserted.numInsertedOrUpdatedRows) === 0) return false
  await tx.insertInto('list_member').values({ list_id: list.id, user_id: list.owner_id, role: 'owner', rank }).execute()
  return true
}

export async function updateListRow(tx: Tx, userId: string, list: List): Promise<void> {
  await tx
    .updateTable('list')
    .set({
      name: list.name,
      color: list.color,
      version: list.version,
      updated_at: list.updatedAt,
      deleted_at: list.deletedAt,
    })
    .where('id', '=', list.id)
    .execute()
  await tx
    .updateTable('list_member')
    .set({ rank: list.rank })
    .where('list_id', '=', list.id)
    .where('user_id', '=', userId)
    .execute()
}

export async function membersOf(tx: Tx, listId: string): Promise<string[]> {
  const rows = await tx.selectFrom('list_member').select('user_id').where('list_id', '=', listId).execute()
  return rows.map((row) => row.user_id)
}

export async function lastListRank(tx: Tx, userId: string): Promise<string | null> {
  const { rows } = await sql<{ rank: string | null }>`
    select max(rank) as rank from list_member where user_id = ${userId}`.execute(tx)
  return rows[0]?.rank ?? null
}
