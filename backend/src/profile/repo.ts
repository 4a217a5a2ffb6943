import type { Kysely } from 'kysely'
import type { Tables } from '../tables.ts'

export interface Person {
  id: string
  name: string
  email: string
  image: string | null
  timeZone: string
  locale: string
  weekStart: number
  emailReminders: boolean
  createdAt: string
}

export async function findPerson(db: Kysely<Tables>, userId: string): Promise<Person | undefined> {
  return db
    .selectFrom('user')
    .select(['id', 'name', 'email', 'image', 'timeZone', 'locale', 'weekStart', 'emailReminders', 'createdAt'])
    .where('id', '=', userId)
    .executeTakeFirst()
}

export async function updatePerson(
  db: Kysely<Tables>,
  userId: string,
  patch: Partial<Person>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('user')
    .set({ ...patch, updatedAt: now })
    .where('id', '=', userId)
    .execute()
}

/** Names of people by id, for the history. */
export async function namesOf(db: Kysely<Tables>, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await db.selectFrom('user').select(['id', 'name']).where('id', 'in', userIds).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
