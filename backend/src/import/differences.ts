import { isDeepStrictEqual } from 'node:util'
import { dueInstant } from '@todo/model/due'
import { tagKey } from '@todo/model/tag-key'
import type { CreateTask, Due, Task } from '@todo/model/task'
import type { ImportedTask } from './import-entry.ts'

/** What a file says otherwise than the task that it became, in words for a report. */
export function differences(known: Task, { task, completedAt }: ImportedTask, personZone: string): string[] {
  const found: [string, boolean][] = [
    ['another title', known.title !== task.title],
    ['other notes', known.notes !== task.notes],
    ['another priority', known.priority !== task.priority],
    ['other tags', !isDeepStrictEqual(tagSet(known.tags), tagSet(task.tags))],
    // Where a series stands moves on by itself.
    ['another due date', !task.recurrence && dueText(known.due, personZone) !== dueText(task.due, personZone)],
    ['another rule to repeat by', task.recurrence !== null && !isSameSeries(known.recurrence, task.recurrence)],
    ['a time of completion', completedAt !== null && known.completedAt === null],
  ]
  return found.flatMap(([what, isDifferent]) => (isDifferent ? [what] : []))
}

function tagSet(tags: string[]): string[] {
  return tags.map(tagKey).toSorted()
}

/** The same moment on the clock of whichever zone. */
function dueText(due: Due | null, personZone: string): string | null {
  return dueInstant(due, personZone) ?? due?.date ?? null
}

function isSameSeries(known: Task['recurrence'], { rule, start }: NonNullable<CreateTask['recurrence']>): boolean {
  return known !== null && known.rule === rule && known.start.slice(0, 16) === start?.slice(0, 16)
}
