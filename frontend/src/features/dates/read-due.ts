import type { QuickAdd } from '@todo/model/quick-add/quick-add'
import type { Due } from '@todo/model/task'

/** What a line says of a day and a time, and nothing else. */
export interface WrittenDue {
  date: string
  /** null: it says nothing of a time. */
  time: string | null
}

/**
 * When a line says, as quick add reads it: `fri 9am`, `12 Dec`. null when it says nothing, or more than that. A time
 * alone is one of the day that is chosen already, where that is still to come.
 */
export function readDue(
  line: string,
  { due, parts }: QuickAdd,
  { chosen, today }: { chosen: Due | null; today: string },
): WrittenDue | null {
  if (!due) return null
  let rest = line
  let hasDay = false
  for (const part of parts.toReversed()) {
    if (part.kind !== 'due') return null
    rest = rest.slice(0, part.from) + rest.slice(part.to)
    hasDay ||= part.date !== null
  }
  if (rest.trim() !== '') return null
  const isOfChosen = !hasDay && chosen !== null && chosen.date > today
  return { date: isOfChosen ? chosen.date : due.date, time: due.time }
}
