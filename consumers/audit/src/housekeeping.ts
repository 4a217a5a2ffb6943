import type pg from 'pg'

/** A reminder that repeats until its task is done writes hundreds of lines a day. What was changed is kept for good. */
const KEEP_REMINDERS_DAYS = 90

const AT_ONCE = 10_000

/** Takes away what only matters for a while, piece by piece: the first time it may be the lines of years. */
export async function clean(pool: pg.Pool): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(DELETE, [KEEP_REMINDERS_DAYS, AT_ONCE])
    if (rowCount !== AT_ONCE) return
  }
}

const DELETE = `
  delete from audit.history_entry where event_id in (
    select event_id from audit.history_entry
    where version is null and at < now() - make_interval(days => $1::int)
    limit $2)`
