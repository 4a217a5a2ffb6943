import type { EventData, TodoEvent } from '@todo/model/events'
import { eventName } from '@todo/model/events'

type Actor = EventData<'task.updated'>['actor']

/** One line of history, as it is kept. */
export interface HistoryLine {
  eventId: string
  ownerId: string
  taskId: string | null
  listId: string | null
  type: string
  version: number | null
  at: string
  actor: Actor
  changes: Record<string, [unknown, unknown]>
}

export const CHANGE_EVENTS = [
  'task.created',
  'task.updated',
  'task.completed',
  'task.reopened',
  'task.deleted',
  'task.restored',
  'list.created',
  'list.updated',
  'list.deleted',
  'list.restored',
] as const
export type ChangeEvent = (typeof CHANGE_EVENTS)[number]

export const REMINDER_EVENTS = ['reminder.due', 'reminder.delivered', 'reminder.failed'] as const
export type ReminderEvent = (typeof REMINDER_EVENTS)[number]

/** What a task or a list became, in the words of the event: who, when, from what to what. */
export function lineOfChange(event: TodoEvent<ChangeEvent>): HistoryLine {
  const { data } = event
  return {
    eventId: event.id,
    ownerId: data.userId,
    taskId: 'taskId' in data ? data.taskId : null,
    listId: data.listId,
    type: declaredName(event),
    version: data.version,
    at: event.time,
    actor: data.actor,
    changes: data.changes,
  }
}

/** What became of a reminder. The recipient's address stays out: it has no place in a history. */
export function lineOfReminder(event: TodoEvent<ReminderEvent>): HistoryLine {
  const { data } = event
  return {
    eventId: event.id,
    ownerId: data.userId,
    taskId: data.taskId,
    listId: null,
    type: declaredName(event),
    version: null,
    at: 'at' in data ? data.at : data.firedAt,
    actor: { kind: 'system', id: 'at' in data ? 'notification' : 'backend' },
    changes: reminderChanges(data),
  }
}

function reminderChanges(data: TodoEvent<ReminderEvent>['data']): HistoryLine['changes'] {
  const facts: Record<string, unknown> = { reminderId: data.reminderId, remindAt: data.remindAt }
  if ('channel' in data) Object.assign(facts, { channel: data.channel, attempt: data.attempt })
  if ('error' in data) Object.assign(facts, { error: data.error, retryAt: data.retryAt })
  return Object.fromEntries(Object.entries(facts).map(([field, value]) => [field, [null, value]]))
}

function declaredName(event: TodoEvent): string {
  return eventName(event.type) ?? event.type
}
