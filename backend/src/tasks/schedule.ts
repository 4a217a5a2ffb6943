import { v7 as uuidv7 } from 'uuid'
import { dueInstant } from '@todo/model/due'
import { assertRecurs } from '@todo/model/recurrence'
import { endsOtherwise, withEnd, withoutEnd } from '@todo/model/recurrence-end'
import { movedRecurrence } from '@todo/model/recurrence-move'
import { RecurrenceRuleError } from '@todo/model/recurrence-rule'
import type { Due, Recurrence, RecurrenceInput, Task } from '@todo/model/task'
import { AppError, invalidField } from '@todo/platform/errors'

export type Schedule = Pick<
  Task,
  'due' | 'dueAt' | 'recurrence' | 'seriesId' | 'occurrenceAt' | 'occurrenceNumber' | 'missedOccurrences'
>

const NO_SERIES = {
  recurrence: null,
  seriesId: null,
  occurrenceAt: null,
  occurrenceNumber: null,
  missedOccurrences: 0,
} as const

/** A time belongs to a zone (the person's, unless said otherwise), a day alone does not. */
export function placedDue(due: Due | null, personZone: string): Due | null {
  if (!due) return null
  return { date: due.date, time: due.time, timeZone: due.time === null ? null : (due.timeZone ?? personZone) }
}

/** The due date on the wall clock: `2026-12-01T09:00:00`, or the day alone. */
export function localMoment(due: Due): string {
  return due.time === null ? due.date : `${due.date}T${due.time}:00`
}

interface ScheduleInput {
  due: Due | null
  /** Left out: stays as it is. */
  recurrence?: RecurrenceInput | null | undefined
  /** It is what is left of the series, from another day on. */
  isMoved?: boolean
}

/**
 * When a task is due and how it recurs. A new rule starts a new series at the due date, another end of the old one does
 * not; another due date alone postpones this one occurrence, and the series goes on as planned.
 */
export function scheduleOf(before: Schedule | null, input: ScheduleInput, personZone: string): Schedule {
  const due = placedDue(input.due, personZone)
  const dueAt = dueInstant(due, personZone)
  if (input.recurrence === undefined && before) return { ...keptSeries(before, due), due, dueAt }
  if (!input.recurrence) return { ...NO_SERIES, due, dueAt }
  if (!due) throw invalidField('due', 'is needed: a recurring task has a first due date')
  const given = input.recurrence
  const recurrence = refusingBadRules('recurrence.rule', () => {
    const read = recurrenceFrom(given, due, before?.recurrence ?? null)
    assertRecurs({ ...read, timeZone: due.timeZone ?? personZone })
    return read
  })
  if (!input.isMoved && before?.recurrence && endsOtherwise(before.recurrence, recurrence))
    return { ...keptSeries(before, due), recurrence, due, dueAt }
  refuseOtherStart(recurrence, due)
  const series = { seriesId: uuidv7(), occurrenceAt: localMoment(due), occurrenceNumber: 1, missedOccurrences: 0 }
  return { due, dueAt, recurrence, ...series }
}

function keptSeries(before: Schedule, due: Due | null): Omit<Schedule, 'due' | 'dueAt'> {
  if (before.recurrence && !due) {
    throw invalidField('due', 'cannot be cleared while the task recurs: send recurrence null with it')
  }
  const { recurrence, seriesId, occurrenceAt, occurrenceNumber, missedOccurrences } = before
  return { recurrence, seriesId, occurrenceAt, occurrenceNumber, missedOccurrences }
}

/** The rule of a recurring task that is due at another time from now on. */
export function movedSeries(task: Task, due: Due, personZone: string): RecurrenceInput {
  const start = localMoment(placedDue(due, personZone)!)
  const timeZone = task.due?.timeZone ?? personZone
  return movedRecurrence(task.recurrence!, { start, done: (task.occurrenceNumber ?? 1) - 1, timeZone })
}

/** The rule of a series that ends with this occurrence. @throws 409 for what does not recur */
export function lastOf(task: Task): Recurrence {
  const { recurrence, occurrenceAt } = task
  if (!recurrence || !occurrenceAt) throw new AppError('conflict', 'This task does not recur.', { current: task })
  const date = occurrenceAt.slice(0, 10)
  const additions = recurrence.additions.filter((day) => day <= date)
  return { ...recurrence, rule: withEnd(recurrence.rule, { kind: 'on', date }), additions }
}

/** A rule sent again without a start, with whatever end, goes on from its old one; DTSTART is the due date otherwise. */
function recurrenceFrom(input: RecurrenceInput, due: Due, before: Recurrence | null): Recurrence {
  const sameRule = before?.anchor === input.anchor && withoutEnd(before.rule) === withoutEnd(input.rule)
  const start = input.start ? wholeMoment(input.start) : sameRule ? before.start : localMoment(due)
  const { rule, anchor, additions } = input
  return { rule, anchor, start, exceptions: input.exceptions.map(wholeMoment), additions }
}

/** Only of a new series: in one that goes on, an occurrence may have got a time of its own. */
function refuseOtherStart({ start }: Recurrence, { time }: Due): void {
  if (start.includes('T') === (time !== null)) return
  throw invalidField(
    'recurrence.start',
    `must ${time === null ? 'be a date alone' : 'have a time'}, as the due date does`,
  )
}

/** @throws 400 for what the recurrence engine refuses, on this field */
export function refusingBadRules<T>(field: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RecurrenceRuleError) throw invalidField(field, error.message)
    throw error
  }
}

function wholeMoment(local: string): string {
  return local.length === 16 ? `${local}:00` : local
}
