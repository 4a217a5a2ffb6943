import { v5 } from 'uuid'

/** Ours alone. It never changes: rows that exist were named with it. */
const OCCURRENCE_NAMESPACE = '6f0d6a9e-3c57-4d2b-9a41-1d7f0b7f5c3e'

/**
 * The id of a series' occurrence, from its planned wall-clock time (UUIDv5), so that two makers make one row.
 * `2026-12-01T09:00` and `2026-12-01T09:00:00` are the same time.
 */
export function occurrenceId(seriesId: string, occurrenceAt: string): string {
  const at = occurrenceAt.length === 16 ? `${occurrenceAt}:00` : occurrenceAt
  return v5(`${seriesId.toLowerCase()}/${at}`, OCCURRENCE_NAMESPACE)
}
