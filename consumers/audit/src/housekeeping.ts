import type pg from 'pg'

/** A reminder that repeats until its task is done writes hundreds of lines a day. What was changed is kept for good. */
const KEEP_REMINDERS_DAYS = 90

/** Takes away what only matters for a while. */
export async function clean(pool: pg.Pool): Promise<void> {
  await pool.query(
    'delete from audit.history_entry where version is null and at < now() - make_interval(days => $1::int)',
    [KEEP_REMINDERS_DAYS],
  )
}
