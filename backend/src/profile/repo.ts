import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Tx } from '../context.ts'
import type { Tables } from '../tables.ts'

export interface Person {
  id: string
  name: string
  email: string
  emailVerified: boolean
  image: string | null
  timeZone: string
  locale: string
  weekStart: number
  emailReminders: boolean
  /** Why e-mail was switched off, where it was not by the person. */
  emailOffReason: string | null
  quietFrom: string | null
  quietTo: string | null
  digestAt: string | null
  defaultReminder: number | null
  createdAt: string
}

const PERSON = [
  'id',
  'name',
  'email',
  'emailVerified',
  'image',
  'timeZone',
  'locale',
  'weekStart',
  'emailReminders',
  'emailOffReason',
  'quietFrom',
  'quietTo',
  'digestAt',
  'defaultReminder',
  'createdAt',
] as const

export async function findPerson(db: Kysely<Tables>, userId: string): Promise<Person | undefined> {
  return db.selectFrom('user').select(PERSON).where('id', '=', userId).executeTakeFirst()
}

/** The person, who stays as they are until the end of this transaction. */
export async function lockPerson(tx: Tx, userId: string): Promise<Person | undefined> {
  return tx.selectFrom('user').select(PERSON).where('id', '=', userId).forUpdate().executeTakeFirst()
}

/** Until the end of this transaction nobody enters a whole day in the zone that the person is about to leave: which it is. */
export async function lockZone(tx: Tx, userId: string): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended('zone ' || ${userId}::uuid, 0))`.execute(tx)
  return heldZone(tx, userId)
}

/** The person's zone, which nobody changes until the end of this transaction. */
export async function heldZone(tx: Tx, userId: string): Promise<string> {
  const { rows } = await sql<{ zone: string | null }>`select held_zone(${userId}::uuid) as zone`.execute(tx)
  return rows[0]?.zone ?? 'UTC'
}

/** Mails that were switched off since the old address took none are on again. @throws 23505 where somebody else has it */
export async function changeEmail(tx: Tx, userId: string, { email, now }: { email: string; now: Date }): Promise<void> {
  await tx
    .updateTable('user')
    .set({
      email,
      emailVerified: true,
      emailReminders: sql<boolean>`"emailReminders" or "emailOffReason" is not null`,
      emailOffReason: null,
      updatedAt: now,
    })
    .where('id', '=', userId)
    .execute()
}

/** What the person does; e-mail that they switch by hand is not off for a reason of ours any more. */
export async function updatePerson(
  db: Kysely<Tables>,
  userId: string,
  patch: Partial<Person>,
  now: Date,
): Promise<void> {
  await db
    .updateTable('user')
    .set({ ...patch, ...(patch.emailReminders !== undefined && { emailOffReason: null }), updatedAt: now })
    .where('id', '=', userId)
    .execute()
}

/** Names of people by id, for the history. */
export async function namesOf(db: Kysely<Tables>, userIds: string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map()
  const rows = await db.selectFrom('user').select(['id', 'name']).where('id', 'in', userIds).execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}
