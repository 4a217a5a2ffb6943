import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { SeriesStory } from '@todo/model/api'
import { notFound } from '@todo/platform/errors'
import type { Access } from '../access.ts'
import type { Tables } from '../tables.ts'
import { findTask } from './repo.ts'

/** As many as anybody looks back at; the counts are of all. */
const SHOWN = 100

interface OccurrenceRow {
  id: string
  occurrence_at: string
  missed_occurrences: number
  skipped: boolean
  completed_at: string | null
}

/** What became of the occurrences of a series, also before its rule was changed. @throws 404 for what is none */
export async function seriesStory(db: Kysely<Tables>, access: Access, taskId: string): Promise<SeriesStory> {
  const { seriesId } = await findTask(db, access, taskId)
  if (!seriesId) throw notFound('series')
  const { rows } = await sql<OccurrenceRow>`
    select t.id, t.occurrence_at, t.missed_occurrences, t.skipped, t.completed_at
    from task t, (select coalesce(series_root, series_id) as root from task where id = ${taskId}) story
    where t.series_id is not null and coalesce(t.series_root, t.series_id) = story.root
      and not t.withdrawn and t.deleted_at is null and t.list_id = any(${access.listIds}::uuid[])
    order by t.created_at, t.occurrence_at, t.id`.execute(db)
  return storyOf(rows)
}

/** @param rows in the order in which they were made */
function storyOf(rows: OccurrenceRow[]): SeriesStory {
  const story: SeriesStory = { completed: 0, skipped: 0, missed: 0, streak: 0, longestStreak: 0, occurrences: [] }
  for (const { missed_occurrences: missed, skipped, completed_at: completedAt } of rows) {
    const isDone = completedAt !== null && !skipped
    if (missed > 0) story.streak = 0
    story.missed += missed
    story.completed += Number(isDone)
    story.skipped += Number(skipped)
    story.streak += Number(isDone)
    story.longestStreak = Math.max(story.longestStreak, story.streak)
  }
  const shown = rows.slice(-SHOWN).toReversed()
  return { ...story, occurrences: shown.map(toOccurrence) }
}

function toOccurrence(row: OccurrenceRow): SeriesStory['occurrences'][number] {
  return {
    taskId: row.id,
    occurrenceAt: row.occurrence_at,
    missedBefore: row.missed_occurrences,
    completedAt: row.completed_at,
    skipped: row.skipped,
  }
}
