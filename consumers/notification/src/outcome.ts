import type { TodoEvent } from '@todo/model/events'
import { createEvent, derivedEventId } from '@todo/platform/create-event'
import type { Failed, Outcome } from './claim.ts'
import { claimKey } from './claim.ts'
import { keyOf } from './delivery.ts'
import type { Delivery } from './delivery.ts'
import { reminderMessage } from './message.ts'
import type { Reminder } from './message.ts'

/** What became of a try, as events whose ids follow from the try: telling it again tells nothing new. */
export function outcomeEvents(delivery: Delivery, outcome: Outcome): TodoEvent[] {
  const { message, channel } = delivery
  if (message.about !== 'reminder') return [triedEvent(delivery, outcome)]
  const told = channel.kind === 'email' ? mailedEvent(delivery, message.data, outcome) : triedEvent(delivery, outcome)
  const letter = outcome.status === 'failed' && outcome.givenUp?.letterAt === null
  return letter ? [told, givenUpEvent(delivery, message.data, outcome)] : [told]
}

/** Being told is being shown: the event is the delivery. Its id follows from the reminder, so it needs no claim. */
export function shownEvent(reminder: Reminder, at: Date, traceparent: string | undefined): TodoEvent {
  const data = { ...firing(reminder), channel: 'in-app', attempt: 1, at: at.toISOString() } as const
  const id = derivedEventId('reminder.delivered', claimKey(reminderMessage(reminder), 'in-app'), 1)
  return createEvent('reminder.delivered', reminder.taskId, data, { id, now: at, source: 'notification', traceparent })
}

function mailedEvent(delivery: Delivery, reminder: Reminder, outcome: Outcome): TodoEvent {
  const { attempt, at } = outcome
  const name = outcome.status === 'sent' ? 'reminder.delivered' : 'reminder.failed'
  const origin = originOf(name, delivery, outcome)
  const tried = { ...firing(reminder), channel: 'email', attempt, at, email: reminder.recipient.email } as const
  if (outcome.status === 'sent') return createEvent('reminder.delivered', reminder.taskId, tried, origin)
  const { error, retryAt, isGone, isCalledOff } = outcome
  return createEvent(
    'reminder.failed',
    reminder.taskId,
    { ...tried, error, retryAt, ...(isGone && { isGone }), ...(isCalledOff && { isCalledOff }) },
    origin,
  )
}

function givenUpEvent(delivery: Delivery, reminder: Reminder, outcome: Failed): TodoEvent {
  const { channelId, kind } = delivery.channel
  const { attempt, at, error } = outcome
  const data = { ...firing(reminder), channelId, kind, attempt, at, error }
  return createEvent('reminder.given-up', reminder.taskId, data, originOf('reminder.given-up', delivery, outcome))
}

function triedEvent(delivery: Delivery, outcome: Outcome): TodoEvent {
  const { message, channel } = delivery
  const { about, data } = message
  const none = { taskId: null, reminderId: null, remindAt: null }
  const { taskId, reminderId, remindAt } = about === 'reminder' ? firing(data) : none
  const { error = null, retryAt = null, isGone = false, isCalledOff } = outcome.status === 'failed' ? outcome : {}
  const tried = {
    userId: data.userId,
    channelId: channel.channelId,
    kind: channel.kind,
    about,
    taskId,
    reminderId,
    remindAt,
  }
  const mailed = channel.kind === 'email' && { email: data.recipient.email }
  const result = {
    attempt: outcome.attempt,
    at: outcome.at,
    error,
    retryAt,
    isGone,
    ...(isCalledOff && { isCalledOff }),
  }
  return createEvent(
    'channel.tried',
    taskId ?? data.userId,
    { ...tried, ...result, ...mailed },
    originOf('channel.tried', delivery, outcome),
  )
}

function firing({ reminderId, taskId, userId, remindAt }: Reminder) {
  return { reminderId, taskId, userId, remindAt }
}

function originOf(name: string, delivery: Delivery, { attempt, at }: Outcome) {
  const id = derivedEventId(name, keyOf(delivery), attempt)
  return { id, now: new Date(at), source: 'notification', traceparent: delivery.traceparent } as const
}
