import { z } from 'zod'
import { Id, IdOut, Instant, InstantOut, LocalTime, Name, TimeZone, Version } from './primitives.ts'
import { List, ListColor, TagSummary } from './list.ts'
import { MinutesBefore, Tag, Task } from './task.ts'
import { CHANNEL_KINDS } from './channels.ts'

export const TaskPage = z.object({
  items: z.array(Task),
  nextCursor: z.string().nullable().meta({ description: 'Give it back as cursor for the next page; null at the end' }),
})
export type TaskPage = z.infer<typeof TaskPage>

/** How a recurring task has gone so far. */
export const SeriesStory = z.object({
  completed: z.int().meta({ description: 'Occurrences that were done' }),
  skipped: z.int().meta({ description: 'Occurrences that were passed over by choice' }),
  missed: z.int().meta({ description: 'Occurrences whose time went by' }),
  streak: z.int().meta({ description: 'Done in a row until now: a missed one ends it, a skipped one does not' }),
  longestStreak: z.int(),
  occurrences: z
    .array(
      z.object({
        taskId: IdOut,
        occurrenceAt: z.string().meta({ description: 'Planned wall-clock time' }),
        missedBefore: z.int().meta({ description: 'How many were missed between the one before it and this' }),
        completedAt: InstantOut.nullable(),
        skipped: z.boolean(),
      }),
    )
    .meta({ description: 'The latest 100, newest first; the open one is among them' }),
})
export type SeriesStory = z.infer<typeof SeriesStory>

export const SnoozeTask = z.strictObject({
  until: Instant.meta({ description: 'When to remind again: from now to a year ahead' }),
})

export const MoveTask = z.strictObject({ listId: Id })
export const ReorderTask = z.strictObject({
  after: Id.nullable().default(null).meta({ description: 'It comes after this task; null: at the top' }),
})

/** What the sidebar shows. */
export const Overview = z.object({
  lists: z.array(List),
  tags: z.array(TagSummary),
  counts: z.object({
    inbox: z.int(),
    today: z.int().meta({ description: 'Open and due today or earlier' }),
    overdue: z.int(),
    upcoming: z.int().meta({ description: 'Open and due after today' }),
    all: z.int(),
  }),
  unreadNotifications: z.int(),
})
export type Overview = z.infer<typeof Overview>

/** The address of an account, and the one that it has once its link is followed. */
export const MyAddress = z.object({
  email: z.string(),
  offered: z.object({ email: z.string(), expiresAt: InstantOut }).nullable(),
})
export type MyAddress = z.infer<typeof MyAddress>

export const TakeAddress = z.strictObject({
  token: z.string().min(1).max(200).meta({ description: 'Of the link, behind its `#`' }),
})

export const Profile = z.object({
  id: IdOut,
  name: z.string(),
  email: z.string(),
  emailConfirmed: z
    .boolean()
    .meta({ description: 'false: nothing is mailed there until the link in the mail that was sent there is followed' }),
  image: z.string().nullable(),
  timeZone: z.string(),
  locale: z.string(),
  weekStart: z.int().meta({ description: '1 Monday … 7 Sunday' }),
  emailReminders: z.boolean(),
  quietHours: z
    .object({ from: z.string(), to: z.string() })
    .nullable()
    .meta({ description: 'Between these times of day in their zone, reminders go to the notification centre only' }),
  digestAt: z
    .string()
    .nullable()
    .meta({ description: 'Time of day in their zone when a digest of the day is mailed; null: none' }),
  defaultReminder: z
    .int()
    .nullable()
    .meta({ description: 'Minutes before due that a new task with a time is reminded of; null: none' }),
  inboxId: IdOut,
  createdAt: InstantOut,
})
export type Profile = z.infer<typeof Profile>

const Locale = z.string().max(35).refine(isLocale, { error: 'must be a BCP 47 language tag, such as en-GB' })

export const PatchProfile = z
  .strictObject({
    name: Name,
    timeZone: TimeZone,
    locale: Locale,
    weekStart: z.int().min(1, 'must be 1 (Monday) to 7 (Sunday)').max(7, 'must be 1 (Monday) to 7 (Sunday)'),
    emailReminders: z.boolean(),
    quietHours: z
      .strictObject({ from: LocalTime, to: LocalTime })
      .refine(({ from, to }) => from !== to, 'must begin and end at different times')
      .nullable(),
    digestAt: LocalTime.nullable(),
    defaultReminder: MinutesBefore.nullable(),
  })
  .partial()
export type PatchProfile = z.infer<typeof PatchProfile>

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** `channel-off`: a channel was switched off, since nothing arrives by it any more. `test`: asked for in the settings. */
export const NOTIFICATION_KINDS = ['reminder', 'delivery-failed', 'channel-off', 'test'] as const

export const Notification = z.object({
  id: IdOut,
  kind: z.enum(NOTIFICATION_KINDS),
  taskId: IdOut.nullable(),
  title: z.string(),
  body: z.string(),
  createdAt: InstantOut,
  readAt: InstantOut.nullable(),
})
export type Notification = z.infer<typeof Notification>

export const NotificationQuery = z.strictObject({
  state: z.enum(['all', 'unread']).default('all'),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1, 'must be 1 to 100').max(100, 'must be 1 to 100').default(30),
})
export const NotificationPage = z.object({
  items: z.array(Notification),
  nextCursor: z.string().nullable(),
  unread: z.int(),
})
export const MarkNotifications = z.strictObject({
  ids: z.array(Id).max(500).optional().meta({ description: 'All of them when left out' }),
  read: z.boolean().default(true),
})

/** One line of a task's history, kept by the audit service. */
export const HistoryEntry = z.object({
  id: IdOut.meta({ description: 'Id of the event' }),
  type: z.string().meta({ description: 'Such as task.completed' }),
  at: InstantOut,
  version: z.int().nullable(),
  actor: z.object({ kind: z.enum(['user', 'system']), id: z.string(), name: z.string().nullable() }),
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])),
})
export type HistoryEntry = z.infer<typeof HistoryEntry>
export const History = z.object({ items: z.array(HistoryEntry), nextCursor: z.string().nullable() })

/** One line of a reminder's delivery log. */
export const Delivery = z.object({
  id: IdOut,
  reminderId: IdOut,
  remindAt: InstantOut,
  firedAt: InstantOut.nullable(),
  channel: z.enum(CHANNEL_KINDS),
  channelName: z
    .string()
    .nullable()
    .meta({ description: 'Of an endpoint, as the person called it; null when it is gone' }),
  status: z.enum(['delivered', 'retrying', 'failed']),
  attempt: z.int(),
  at: InstantOut,
  error: z.string().nullable(),
  retryAt: InstantOut.nullable(),
})
export type Delivery = z.infer<typeof Delivery>

export const SavedFilter = z.object({
  id: IdOut,
  name: z.string(),
  query: z.string().meta({ description: 'The query string of the view, without ?' }),
  version: Version,
})
export type SavedFilter = z.infer<typeof SavedFilter>
export const CreateSavedFilter = z.strictObject({
  id: Id.optional(),
  name: Name,
  query: z.string().max(2_000, 'must be at most 2,000 characters'),
})

export const PatchTag = z
  .strictObject({
    color: ListColor.nullable(),
    name: Tag,
  })
  .partial()

const ImportedEntry = z.object({
  taskId: IdOut,
  subtaskId: IdOut.nullable().meta({ description: 'Where it is a subtask of that task; null for the task itself' }),
  title: z.string(),
  line: z.int().meta({ description: 'Line of the file where it begins, from 1' }),
})

/** What became of an imported calendar, line by line: nothing is dropped without a word. */
export const ImportReport = z.object({
  created: z.array(ImportedEntry),
  unchanged: z.array(ImportedEntry).meta({
    description: 'Already here from an earlier import, with the title that it has now',
  }),
  notKept: z.array(
    z.object({
      line: z.int().meta({ description: 'Line of the file, from 1' }),
      content: z.string().meta({ description: 'What the line says, shortened' }),
      reason: z.string(),
    }),
  ),
})
export type ImportReport = z.infer<typeof ImportReport>

/** An RFC 9457 problem document, as every error of the API is answered. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  code: z.string().meta({ description: 'Stable name of the problem, for programs' }),
  traceId: z.string().optional(),
  errors: z
    .array(z.object({ field: z.string().meta({ description: 'JSON path, such as due.date' }), message: z.string() }))
    .optional(),
  current: z.unknown().optional().meta({ description: 'The current state, where a version did not match' }),
})
export type Problem = z.infer<typeof Problem>
