import { sql } from 'kysely'
import type { Insertable, Kysely } from 'kysely'
import type { Endpoint, EndpointKind } from '@todo/model/channels'
import type { Tx } from '../context.ts'
import type { Tables } from '../tables.ts'

export interface EndpointRow {
  id: string
  kind: EndpointKind
  name: string
  place: string
  isOn: boolean
  offReason: string | null
  addressHash: string
}

/** In the order in which they were added. */
export async function endpointsOf(db: Kysely<Tables>, userId: string): Promise<EndpointRow[]> {
  return db
    .selectFrom('channel')
    .select(['id', 'kind', 'name', 'place', 'is_on as isOn', 'off_reason as offReason', 'address_hash as addressHash'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** As they travel in events. @param channelId that one, on or off; left out: all that are on */
export async function endpointsToSendTo(tx: Tx, userId: string, channelId?: string): Promise<Endpoint[]> {
  const { rows } = await sql<Endpoint>`
    select id as "channelId", kind, sealed from channel
    where user_id = ${userId} and ${channelId === undefined ? sql`is_on` : sql`id = ${channelId}`}
    order by created_at, id`.execute(tx)
  return rows
}

/** Whoever changes the endpoints of a person waits for the one who does so already. */
export async function lockPerson(tx: Tx, userId: string): Promise<void> {
  await sql`select from "user" where id = ${userId} for no key update`.execute(tx)
}

/** Until the end of the transaction, nobody else adds this address, to whatever account. */
export async function lockAddress(tx: Tx, addressHash: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${addressHash}, 0))`.execute(tx)
}

/** False when its id is taken. */
export async function insertEndpoint(tx: Tx, endpoint: Insertable<Tables['channel']>): Promise<boolean> {
  const inserted = await tx
    .insertInto('channel')
    .values(endpoint)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows) === 1
}

interface EndpointChange {
  name?: string | undefined
  sealed?: string | undefined
  isOn?: boolean | undefined
}

/** What the person does; switched by hand, the reason why it was off is no more. */
export async function updateEndpoint(
  tx: Tx,
  { userId, id }: { userId: string; id: string },
  { name, sealed, isOn }: EndpointChange,
): Promise<EndpointRow | undefined> {
  const { rows } = await sql<EndpointRow>`
    update channel set name = coalesce(${name ?? null}, name), sealed = coalesce(${sealed ?? null}, sealed),
      is_on = coalesce(${isOn ?? null}, is_on), off_reason = case when ${isOn ?? null}::boolean is null then off_reason end
    where id = ${id} and user_id = ${userId}
    returning id, kind, name, place, is_on as "isOn", off_reason as "offReason", address_hash as "addressHash"`.execute(
    tx,
  )
  return rows[0]
}

/** With its last result. Answers whether there was one. */
export async function deleteEndpoint(tx: Tx, { userId, id }: { userId: string; id: string }): Promise<boolean> {
  const gone = await tx.deleteFrom('channel').where('id', '=', id).where('user_id', '=', userId).executeTakeFirst()
  await tx.deleteFrom('channel_result').where('user_id', '=', userId).where('channel', '=', id).execute()
  return Number(gone.numDeletedRows) === 1
}

/** Whose push this browser was, if it was another one's. */
export async function otherOwnerOfPush(
  tx: Tx,
  { userId, addressHash }: { userId: string; addressHash: string },
): Promise<{ userId: string; id: string } | undefined> {
  return tx
    .selectFrom('channel')
    .select(['id', 'user_id as userId'])
    .where('kind', '=', 'web-push')
    .where('address_hash', '=', addressHash)
    .where('user_id', '<>', userId)
    .executeTakeFirst()
}

/** Of an account that was not confirmed to be its owner's. Answers the ids of those that were on until now. */
export async function switchEndpointsOffUnlessConfirmed(
  tx: Tx,
  { userId, reason }: { userId: string; reason: string },
): Promise<string[]> {
  const off = await tx
    .updateTable('channel')
    .set({ is_on: false, off_reason: reason })
    .where('is_on', '=', true)
    .where('user_id', 'in', (people) =>
      people.selectFrom('user').select('id').where('id', '=', userId).where('emailVerified', '=', false),
    )
    .returning('id')
    .execute()
  return off.map(({ id }) => id)
}

/** Answers its name, where it was on until now. */
export async function switchEndpointOff(
  tx: Tx,
  { userId, id, reason }: { userId: string; id: string; reason: string },
): Promise<string | null> {
  const off = await tx
    .updateTable('channel')
    .set({ is_on: false, off_reason: reason })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('is_on', '=', true)
    .returning('name')
    .executeTakeFirst()
  return off?.name ?? null
}

/** Answers the address, where it was on until now. */
export async function switchEmailOff(
  tx: Tx,
  { userId, reason, now }: { userId: string; reason: string; now: Date },
): Promise<string | null> {
  const off = await tx
    .updateTable('user')
    .set({ emailReminders: false, emailOffReason: reason, updatedAt: now })
    .where('id', '=', userId)
    .where('emailReminders', '=', true)
    .returning('email')
    .executeTakeFirst()
  return off?.email ?? null
}

export interface ChannelResult {
  userId: string
  /** in-app, email or the id of an endpoint. */
  channel: string
  at: string
  /** Null when it arrived. */
  error: string | null
}

/** The last result of each channel that was ever tried. */
export async function resultsOf(db: Kysely<Tables>, userId: string): Promise<Omit<ChannelResult, 'userId'>[]> {
  return db.selectFrom('channel_result').select(['channel', 'at', 'error']).where('user_id', '=', userId).execute()
}

/**
 * Keeps a result. One that is older than what is kept, or says the same within so many seconds, is not written, and locks
 * nothing: many reminders may come due for one person at once. Answers whether it was written.
 */
export async function upsertResult(
  tx: Tx,
  { userId, channel, at, error }: ChannelResult,
  sameWithinSeconds: number,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into channel_result (user_id, channel, at, error)
    select ${userId}::uuid, ${channel}::text, ${at}::timestamptz, ${error}::text
    where (${channel} in ('in-app', 'email')
        or exists (select from channel c where c.user_id = ${userId} and c.id::text = ${channel}))
      and not exists (select from channel_result r
        where r.user_id = ${userId} and r.channel = ${channel} and (r.at > ${at}::timestamptz
          or r.error is not distinct from ${error}::text and r.at > ${at}::timestamptz - make_interval(secs => ${sameWithinSeconds})))
    on conflict (user_id, channel) do update set at = excluded.at, error = excluded.error
      where channel_result.at <= excluded.at`.execute(tx)
  return Number(numAffectedRows) === 1
}

/** Takes one of so many tests that a person has per minute; false when there is none left. In one statement. */
export async function takeTest(tx: Tx, userId: string, { now, most }: { now: Date; most: number }): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into channel_test (user_id, tested_at) values (${userId}, array[${now}::timestamptz])
    on conflict (user_id) do update
      set tested_at = (array_prepend(${now}::timestamptz, channel_test.tested_at))[1:${most}]
      where channel_test.tested_at[${most}] is null
        or channel_test.tested_at[${most}] <= ${now}::timestamptz - interval '1 minute'`.execute(tx)
  return Number(numAffectedRows) === 1
}
