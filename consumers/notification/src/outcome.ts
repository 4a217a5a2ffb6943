import type { EventData, TodoEvent } from '@todo/model/events'
import { createEvent, derivedEventId } from '@todo/platform/create-event'
import { claimKey } from './claim.ts'
import type { Channel, Reminder } from './reminder.ts'

export interface Outcome {
  channel: Channel
  attempt: number
  at: string
  /** What went wrong; left out when nothing did. */
  failure?: { error: string; retryAt: string | null }
  traceparent?: string | undefined
}

/** What became of a try, as an event whose id follows from the try: telling it again tells nothing new. */
export function outcomeEvent(reminder: Reminder, { channel, attempt, at, failure, traceparent }: Outcome): TodoEvent {
  const { reminderId, taskId, userId, remindAt } = reminder
  const tried: EventData<'reminder.delivered'> = { reminderId, taskId, userId, remindAt, channel, attempt, at }
  const name = failure ? 'reminder.failed' : 'reminder.delivered'
  const id = derivedEventId(name, claimKey(reminder, channel), attempt)
  const origin = { id, now: new Date(at), source: 'notification', traceparent } as const
  return failure
    ? createEvent('reminder.failed', taskId, { ...tried, ...failure }, origin)
    : createEvent('reminder.delivered', taskId, tried, origin)
}
