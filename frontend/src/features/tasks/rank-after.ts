import type { Task } from '@todo/model/task'
import { generateKeyBetween } from 'fractional-indexing'

/** A rank between two neighbours, by which a moved task stands in its new place until the server has said its own. */
export function rankAfter(before: Pick<Task, 'rank'> | null, after: Pick<Task, 'rank'> | null): string {
  const low = before?.rank ?? null
  const high = after && (low === null || after.rank > low) ? after.rank : null
  try {
    return generateKeyBetween(low, high)
  } catch {
    // Ranks that another program wrote may not be ones that the algorithm reads; any text between them will do.
    return `${low ?? ''}V`
  }
}
