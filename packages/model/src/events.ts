import { z } from 'zod'
import {
  AccountLink,
  AddressLink,
  Audience,
  CalledOff,
  ChannelStop,
  ChannelTry,
  CompletedRecurrence,
  DeliveryOutcome,
  DigestTasks,
  ListChange,
  PlannedDue,
  Recipient,
  ReminderFired,
  ReminderHeard,
  TaskChange,
} from './event-parts.ts'
import { IdOut, InstantOut, Version } from './primitives.ts'
import { PRIORITIES } from './task.ts'

export const TOPICS = ['task-events', 'reminders', 'task-updates'] as const
export type Topic = (typeof TOPICS)[number]

/** An event, declared once: its topic, its version and the shape of its data. Everything else derives from this. */
interface EventDeclaration<T extends z.ZodType> {
  topic: Topic
  version: number
  summary: string
  data: T
}

const event = <T extends z.ZodType>(topic: Topic, version: number, summary: string, data: T): EventDeclaration<T> => ({
  topic,
  version,
  summary,
  data,
})

export const events = {
  'task.created': event(
    'task-events',
    1,
    'A task was created',
    z.object({
      ...TaskChange,
      priority: z.enum(PRIORITIES),
      seriesId: IdOut.nullable(),
      occurrenceAt: z.string().nullable(),
    }),
  ),
  'task.updated': event(
    'task-events',
    1,
    'Fields of a task were changed, or it was moved to another list',
    z.object(TaskChange),
  ),
  'task.completed': event(
    'task-events',
    1,
    'A task was completed',
    z.object({
      ...TaskChange,
      completedAt: InstantOut,
      timeZone: z
        .string()
        .describe(
          'IANA zone that the series is counted in: of the due time, or of the person where the due date or the series has no time',
        ),
      due: PlannedDue.nullable(),
      recurrence: CompletedRecurrence.nullable(),
      skipped: z.boolean().optional().describe('It was passed over, and not done'),
    }),
  ),
  'task.reopened': event('task-events', 1, 'A completed task was opened again', z.object(TaskChange)),
  'task.deleted': event('task-events', 1, 'A task was put in the bin', z.object(TaskChange)),
  'task.restored': event('task-events', 1, 'A task was taken back out of the bin', z.object(TaskChange)),
  'occurrence.due': event(
    'task-events',
    1,
    'A series wants its next occurrence',
    z.object({
      taskId: IdOut.describe('The completed occurrence'),
      nextTaskId: IdOut.describe('Derived from the series and the time'),
      seriesId: IdOut,
      occurrenceAt: z.string().describe('Planned wall-clock time of the next occurrence'),
      occurrenceNumber: z.int(),
      missedOccurrences: z.int().describe('Occurrences between the two whose time has passed'),
      due: PlannedDue,
      completedAt: InstantOut.describe('Which completion asks for it: one that was taken back asks in vain'),
    }),
  ),
  'list.created': event('task-events', 1, 'A list was created', z.object(ListChange)),
  'list.updated': event('task-events', 1, 'A list was renamed, recoloured or moved', z.object(ListChange)),
  'list.deleted': event('task-events', 1, 'A list was put in the bin, and its tasks with it', z.object(ListChange)),
  'list.restored': event('task-events', 1, 'A list was taken back out of the bin', z.object(ListChange)),
  'account.deleted': event(
    'task-events',
    1,
    'A person left: everything kept about them has to go',
    z.object({
      userId: IdOut,
      deletedAt: InstantOut,
    }),
  ),
  'reminder.due': event(
    'reminders',
    1,
    'A reminder has come due. In quiet hours that is said for the notification centre, and at their end for the rest',
    z.object({
      ...ReminderFired,
      title: z.string(),
      dueAt: InstantOut.nullable(),
      due: PlannedDue.nullable(),
      firedAt: InstantOut,
      recipient: Recipient,
    }),
  ),
  'reminder.delivered': event('reminders', 1, 'A reminder was handed to its channel', z.object(DeliveryOutcome)),
  'reminder.failed': event(
    'reminders',
    1,
    'A channel refused a reminder, or could not be reached',
    z.object({
      ...DeliveryOutcome,
      error: z.string(),
      retryAt: InstantOut.nullable().describe('When it is tried again; null when given up'),
      isGone: z.boolean().optional().describe('Nothing will ever arrive there: the channel is to be switched off'),
      isCalledOff: CalledOff,
    }),
  ),
  'reminder.heard': event('reminders', 1, 'What a task reminded of is not sent any more, or again', ReminderHeard),
  'reminder.given-up': event(
    'reminders',
    1,
    'A reminder will not be tried again on a channel: it becomes a dead letter, and is sent when that is replayed',
    z.object({
      ...ReminderFired,
      channelId: z.string().describe('Id of an endpoint, or email'),
      kind: z.string().describe('web-push, webhook, ntfy or email'),
      attempt: z.int().positive().describe('The last one'),
      at: InstantOut,
      error: z.string(),
    }),
  ),
  'digest.due': event(
    'reminders',
    1,
    'It is the hour of the person for their digest',
    z.object({
      userId: IdOut,
      day: z.string().describe('The day that it is about, in the zone of the person; with userId it names this digest'),
      overdue: DigestTasks,
      due: DigestTasks.describe('Due on that day'),
      done: DigestTasks.describe('Completed on the day before'),
      recipient: Recipient,
    }),
  ),
  'channel.tested': event(
    'reminders',
    1,
    'A person wants to see something arrive by a channel',
    z.object({
      userId: IdOut,
      testId: IdOut,
      recipient: Recipient.describe('With this one channel, or this one endpoint'),
    }),
  ),
  'channel.stopped': event('reminders', 1, 'Nothing said until now is taken to a channel any more', ChannelStop),
  'link.due': event('reminders', 1, 'A person is to be mailed a link for their account', AccountLink),
  'address-link.due': event(
    'reminders',
    1,
    'An address that an account will have, or had, is to be mailed',
    AddressLink,
  ),
  'channel.tried': event(
    'reminders',
    1,
    'Something was handed to an endpoint, or to a channel where it is no reminder; or that went wrong',
    ChannelTry,
  ),
  'task.changed': event(
    'task-updates',
    1,
    'A task that these people see has changed',
    z.object({
      eventType: z.string().describe('The event on task-events behind it, such as task.completed'),
      oldStatus: z.enum(['none', 'open', 'completed', 'deleted']),
      newStatus: z.enum(['none', 'open', 'completed', 'deleted']),
      taskId: IdOut,
      listId: IdOut,
      version: Version,
      fields: z.array(z.string()).describe('Names of the fields that changed'),
      audience: Audience,
      clientId: z.string().nullable(),
      mutationId: z.string().nullable(),
    }),
  ),
  'view.changed': event(
    'task-updates',
    1,
    'Something else that these people see has changed',
    z.object({
      resource: z.enum(['lists', 'tags', 'notifications', 'filters', 'profile']),
      id: z.string().nullable(),
      audience: Audience,
      clientId: z.string().nullable(),
    }),
  ),
  'listener.probed': event(
    'task-updates',
    1,
    'A replica that shows changes makes sure that it hears them: nobody else is meant',
    z.object({
      replica: z.string().describe('Drawn by the replica when it starts'),
      probe: z.int().describe('Probes have keys of their own, so that together they reach every partition'),
    }),
  ),
} as const

export type EventName = keyof typeof events
export type EventData<N extends EventName> = z.infer<(typeof events)[N]['data']>
export const EVENT_NAMES = Object.keys(events) as EventName[]

/** A CloudEvent 1.0 as it travels, in structured JSON mode, with the partitioning and tracing extensions. */
export interface TodoEvent<N extends EventName = EventName> {
  specversion: '1.0'
  id: string
  source: string
  type: string
  subject: string
  time: string
  datacontenttype: 'application/json'
  partitionkey: string
  traceparent?: string
  data: EventData<N>
}

/** `task.completed` → `todo.task.completed.v1`, the CloudEvent type. */
export function eventType(name: EventName): string {
  return `todo.${name}.v${events[name].version}`
}

const nameByType = new Map(EVENT_NAMES.map((name) => [eventType(name), name]))

/** The declared name behind a CloudEvent type; undefined for a type or a version that this code does not know. */
export function eventName(type: string): EventName | undefined {
  return nameByType.get(type)
}
