import type { EventData, TodoEvent } from '@todo/model/events'
import { occurrenceId } from '@todo/model/occurrence-id'
import { nextOccurrence } from '@todo/model/recurrence'
import type { NextOccurrence } from '@todo/model/recurrence'
import { RecurrenceRuleError } from '@todo/model/recurrence-rule'
import { createEvent, derivedEventId } from '@todo/platform/create-event'
import { PermanentError } from '@todo/platform/errors'
import type { Deps } from '@todo/platform/service'

type Ctx = Pick<Deps<unknown>, 'bus' | 'log' | 'now'>
type Completed = TodoEvent<'task.completed'>
type Recurrence = NonNullable<Completed['data']['recurrence']>

/**
 * Asks for the occurrence that follows a completed one. Keeps nothing: a redelivery asks with the same event id for the
 * same task id, so nothing happens twice.
 * @throws PermanentError for a rule that cannot be worked out
 */
export async function onTaskCompleted({ bus, log, now }: Ctx, event: Completed): Promise<void> {
  const { taskId, recurrence } = event.data
  if (!recurrence) return
  const next = workOutNext(event, recurrence)
  if (!next) {
    log.debug({ taskId, seriesId: recurrence.seriesId }, 'the series is over')
    return
  }
  const asked: EventData<'occurrence.due'> = {
    taskId,
    nextTaskId: occurrenceId(recurrence.seriesId, next.occurrenceAt),
    seriesId: recurrence.seriesId,
    occurrenceAt: next.occurrenceAt,
    occurrenceNumber: next.occurrenceNumber,
    missedOccurrences: next.missed,
    due: dueOf(next, event.data),
    completedAt: event.data.completedAt,
  }
  const id = derivedEventId('occurrence.due', event.id)
  const origin = { id, now: now(), source: 'recurring-task', traceparent: event.traceparent } as const
  await bus.publish([createEvent('occurrence.due', taskId, asked, origin)])
}

function workOutNext({ id, data }: Completed, recurrence: Recurrence): NextOccurrence | null {
  const { completedAt, timeZone } = data
  const { occurrenceAt, occurrenceNumber } = recurrence
  try {
    return nextOccurrence({ recurrence, occurrenceAt, occurrenceNumber, completedAt, timeZone })
  } catch (error) {
    // RangeError: a date or a zone that does not exist. Neither mends itself by trying again.
    if (!(error instanceof RecurrenceRuleError || error instanceof RangeError)) throw error
    const message = `no next occurrence of ${data.taskId} can be worked out (event ${id}): ${error.message}`
    throw new PermanentError(message, { cause: error })
  }
}

/** The planned time, in the zone that the completed task was due in; the person's where its time was taken away. */
function dueOf({ occurrenceAt }: NextOccurrence, { due, timeZone }: Completed['data']) {
  const [date = '', time] = occurrenceAt.split('T')
  if (!time) return { date, time: null, timeZone: null }
  return { date, time: time.slice(0, 5), timeZone: due?.timeZone ?? timeZone }
}
