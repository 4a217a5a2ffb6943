import type pg from 'pg'
import type { HistoryEntry } from '@todo/model/api'
import { UNVERSIONED } from './cursor.ts'
import type { HistoryCursor } from './cursor.ts'
import type { HistoryLine } from './history-line.ts'

/** The key makes a redelivery nothing, and a late event of an account that is gone stays out. */
const RECORD = `
  insert into audit.history_entry
    (event_id, owner_id, task_id, list_id, type, version, at, actor_kind, actor_id, changes)
  select line."eventId", line."ownerId", line."taskId", line."listId", line.type, line.version, line.at,
    line.actor->>'kind', line.actor->>'id', line.changes
  from json_to_recordset($1::json) as line ("eventId" uuid, "ownerId" uuid, "taskId" uuid, "listId" uuid, type text,
    version integer, at timestamptz, actor json, changes json)
  where not exists (select from audit.erased_account where user_id = line."ownerId")
  on conflict (event_id) do nothing`

export async function recordLines(pool: pg.Pool, lines: readonly HistoryLine[]): Promise<void> {
  await pool.query(RECORD, [JSON.stringify(lines)])
}

/**
 * Versions order the changes, since clocks may not agree about them: a change is never shown before the one it follows.
 * What has no version stands at its own time among them.
 */
const PAGE = `
  select * from (
    select event_id as id, type, at, version, actor_kind, actor_id, changes,
      case when version is null then at else max(at) over (partition by version is null order by version) end as placed_at
    from audit.history_entry
    where task_id = $1::uuid) line
  where $2::timestamptz is null
    or (placed_at, coalesce(version, ${UNVERSIONED}), id) < ($2::timestamptz, $3::integer, $4::uuid)
  order by placed_at desc, coalesce(version, ${UNVERSIONED}) desc, id desc
  limit $5`

interface LineRow {
  id: string
  type: string
  at: string
  version: number | null
  actor_kind: 'user' | 'system'
  actor_id: string
  changes: HistoryEntry['changes']
  placed_at: string
}

/** A line and where it stands, for the cursor behind it. */
export interface PlacedEntry {
  entry: HistoryEntry
  place: HistoryCursor
}

/** Lines of a task, newest first, after `cursor`. Names of people belong to the backend. */
export async function findHistory(
  pool: pg.Pool,
  { taskId, cursor, limit }: { taskId: string; cursor: HistoryCursor | null; limit: number },
): Promise<PlacedEntry[]> {
  const { rows } = await pool.query<LineRow>(PAGE, [taskId, cursor?.placedAt, cursor?.version, cursor?.id, limit])
  return rows.map(({ actor_kind, actor_id, placed_at, ...line }) => ({
    entry: { ...line, actor: { kind: actor_kind, id: actor_id, name: null } },
    place: { placedAt: placed_at, version: line.version ?? UNVERSIONED, id: line.id },
  }))
}

/** From here on, nothing of this person is recorded. Twice is once. */
export async function markErased(pool: pg.Pool, userId: string, deletedAt: string): Promise<void> {
  await pool.query(
    'insert into audit.erased_account (user_id, deleted_at) values ($1::uuid, $2::timestamptz) on conflict do nothing',
    [userId, deletedAt],
  )
}

/**
 * Waits for the inserts that began before the mark and may not have seen it; later ones do. Without it, one of them
 * could commit a line behind the back of the delete. Nobody waits longer than those few inserts take, or 2 s.
 */
export async function awaitRunningInserts(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  let failure: Error | undefined
  try {
    await client.query('begin')
    await client.query(`set local lock_timeout = '2s'`)
    await client.query('lock table audit.history_entry in share mode')
    await client.query('commit')
  } catch (error) {
    failure = error as Error
    throw error
  } finally {
    client.release(failure)
  }
}

export async function deleteHistory(pool: pg.Pool, userId: string): Promise<number> {
  const { rowCount } = await pool.query('delete from audit.history_entry where owner_id = $1::uuid', [userId])
  return rowCount ?? 0
}
