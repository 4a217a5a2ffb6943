import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import { purgeOutbox } from '@todo/platform/outbox-rows'
import type { Tables } from './tables.ts'

/** Published events stay for a week: so long they can be counted against the audit log. */
const KEEP_OUTBOX_DAYS = 7
/** Longer than any bus redelivers. */
const KEEP_INBOX_DAYS = 30
const KEEP_IDEMPOTENCY_HOURS = 24
/** What was notified of and delivered: a reminder that repeats writes hundreds of lines a day. */
const KEEP_NOTICES_DAYS = 90

/** Takes away what only matters for a while. */
export async function clean(db: Kysely<Tables>, pool: pg.Pool): Promise<void> {
  await purgeOutbox(pool, KEEP_OUTBOX_DAYS)
  await sql`delete from inbox where handled_at < now() - make_interval(days => ${KEEP_INBOX_DAYS})`.execute(db)
  await sql`delete from idempotency where created_at < now() - make_interval(hours => ${KEEP_IDEMPOTENCY_HOURS})`.execute(
    db,
  )
  await sql`delete from session where "expiresAt" < now()`.execute(db)
  await sql`delete from account_link where sent_at[1] < now() - interval '1 day'`.execute(db)
  await sql`delete from address_change where expires_at < now()`.execute(db)
  await sql`delete from verification where "expiresAt" < now()`.execute(db)
  await sql`delete from delivery where at < now() - make_interval(days => ${KEEP_NOTICES_DAYS})`.execute(db)
  await sql`delete from notification where created_at < now() - make_interval(days => ${KEEP_NOTICES_DAYS})`.execute(db)
}
