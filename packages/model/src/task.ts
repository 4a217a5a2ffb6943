import { z } from 'zod'
import { parseRecurrenceRule, RecurrenceRuleError } from './recurrence-rule.ts'
import type { HANDED_ON } from './handed-on.ts'
import { isRank } from './rank.ts'
import { LIMITS } from './limits.ts'
import { uniqueTags } from './tag-key.ts'
import { bareTag, TAG_SHAPE } from './tag-text.ts'
import { isVisible } from './visible-text.ts'
import { Id, IdOut, Instant, InstantOut, LocalDate, LocalMoment, LocalTime, TimeZone, Version } from './primitives.ts'

export { LIMITS }

export const PRIORITIES = ['low', 'medium', 'high'] as const
export const Priority = z.enum(PRIORITIES, { error: 'must be one of low, medium, high' })
export type Priority = z.infer<typeof Priority>

const singleLine = (text: string) => text.replace(/\s+/gu, ' ').trim()

export const Title = z
  .string({ error: 'must be text of 1 to 500 characters' })
  .transform(singleLine)
  .pipe(z.string().refine(isVisible, 'must not be empty').max(LIMITS.titleLength, 'must be at most 500 characters'))

export const Notes = z.string().max(LIMITS.notesLength, 'must be at most 50,000 characters')

const TAG_ERROR = 'must be 1 to 50 characters without spaces, commas or #, and not . or ..'

/** A tag is a word: no white space, no leading `#`, kept as typed, the same in any letter case. */
export const Tag = z
  .string()
  .transform(bareTag)
  .pipe(z.string().regex(TAG_SHAPE, { error: TAG_ERROR, abort: true }).refine(isVisible, TAG_ERROR))

/** Tags without repeats: the first spelling of a tag wins. */
export const Tags = z
  .array(Tag)
  .transform(uniqueTags)
  .pipe(z.array(z.string()).max(LIMITS.tags, 'must be at most 30 tags'))

/**
 * When a task is due, as it was entered: a day, with or without a time on the wall clock of a zone.
 * The instant is derived from it (`dueInstant` in due.ts), never the other way round.
 */
export const Due = z
  .strictObject({
    date: LocalDate,
    time: LocalTime.nullable().default(null),
    timeZone: TimeZone.nullable().default(null),
  })
  .meta({ description: 'A day, with or without a time on the wall clock of an IANA zone' })
export type Due = z.infer<typeof Due>

export const RECURRENCE_ANCHORS = ['due', 'completion'] as const

/** What repeats: an RFC 5545 RRULE without DTSTART, counted from `start` on the wall clock of the task's zone. */
export const Recurrence = z.object({
  rule: z.string(),
  anchor: z.enum(RECURRENCE_ANCHORS),
  start: z.string(),
  exceptions: z.array(z.string()),
  additions: z.array(z.string()),
})
export type Recurrence = z.infer<typeof Recurrence>

/** For a schema: the rule is read, and what is wrong with it becomes the message of the field. */
function checkRule(ctx: z.core.ParsePayload<string>): void {
  try {
    parseRecurrenceRule(ctx.value)
  } catch (error) {
    if (!(error instanceof RecurrenceRuleError)) throw error
    ctx.issues.push({ code: 'custom', message: error.message, input: ctx.value })
  }
}

/** An RFC 5545 RRULE that some day matches. */
export const RuleText = z
  .string()
  .max(500, { error: 'must be at most 500 characters', abort: true })
  .check(checkRule)
  .meta({ description: 'RFC 5545 RRULE, such as FREQ=WEEKLY;BYDAY=MO,WE' })

export const RecurrenceInput = z.strictObject({
  rule: RuleText,
  anchor: z.enum(RECURRENCE_ANCHORS, { error: 'must be due or completion' }).default('due'),
  start: LocalMoment.optional().meta({ description: 'DTSTART on the wall clock; the due date when left out' }),
  exceptions: z
    .array(LocalMoment)
    .max(LIMITS.exceptions, 'must be at most 1,000 dates')
    .default([])
    .meta({ description: 'EXDATE on the wall clock; a day alone takes out whatever is on it' }),
  additions: z
    .array(LocalDate)
    .max(LIMITS.additions, 'must be at most 1,000 dates')
    .default([])
    .meta({ description: 'RDATE: days beside those of the rule, at its time; COUNT and UNTIL do not touch them' }),
})
export type RecurrenceInput = z.infer<typeof RecurrenceInput>

/** How often a reminder that goes on until the task is done may come, in minutes: a day at the longest. */
export const REPEAT_MINUTES = { min: 5, max: 24 * 60 } as const

export const repeatMinutes = z.int().optional().meta({
  description: 'Reminds again after so many minutes until the task is completed; left out: once',
})

/** A reminder at a fixed instant, or so many minutes before the task is due (09:00 for a due date without a time). */
export const Reminder = z.discriminatedUnion('kind', [
  z.object({ id: IdOut, kind: z.literal('absolute'), at: InstantOut, repeatMinutes }),
  z.object({ id: IdOut, kind: z.literal('relative'), minutesBefore: z.int(), repeatMinutes }),
])
export type Reminder = z.infer<typeof Reminder>

export const MinutesBefore = z
  .int()
  .min(0, 'must be 0 minutes or more')
  .max(60 * 24 * 365, 'must be at most a year (525,600 minutes)')

const repeatInput = z
  .int()
  .min(REPEAT_MINUTES.min, 'must be 5 minutes or more')
  .max(REPEAT_MINUTES.max, 'must be at most a day (1,440 minutes)')
  .optional()
  .meta({ description: 'Reminds again after so many minutes until the task is completed; left out: once' })

export const ReminderInput = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ id: Id.optional(), kind: z.literal('absolute'), at: Instant, repeatMinutes: repeatInput }),
    z.strictObject({
      id: Id.optional(),
      kind: z.literal('relative'),
      minutesBefore: MinutesBefore,
      repeatMinutes: repeatInput,
    }),
  ],
  { error: 'must have kind "absolute" with "at", or "relative" with "minutesBefore"' },
)
export type ReminderInput = z.infer<typeof ReminderInput>

export const Subtask = z.object({ id: IdOut, title: z.string(), completedAt: InstantOut.nullable() })
export type Subtask = z.infer<typeof Subtask>

export const SubtaskInput = z.strictObject({
  id: Id.optional(),
  title: Title,
  completedAt: Instant.nullable().default(null),
})

const RANK_ERROR = 'must be a rank as fractional-indexing makes it, such as a0V'

/** A place in a manual order, as text that sorts by its bytes. */
export const Rank = z
  .string()
  .regex(/^[A-Za-z0-9]{2,200}$/, { error: RANK_ERROR, abort: true })
  .refine(isRank, RANK_ERROR)

const handedOn = {
  title: z.string(),
  notes: z.string(),
  priority: z.enum(PRIORITIES),
  tags: z.array(z.string()),
  reminders: z.array(Reminder),
  subtasks: z.array(Subtask),
} satisfies Record<(typeof HANDED_ON)[number], z.ZodType>

/** A task as the API answers it. */
export const Task = z.object({
  id: IdOut,
  listId: IdOut,
  ...handedOn,
  due: z.object({ date: z.string(), time: z.string().nullable(), timeZone: z.string().nullable() }).nullable(),
  dueAt: InstantOut.nullable().meta({ description: 'The instant of a due date that has a time' }),
  recurrence: Recurrence.nullable(),
  seriesId: IdOut.nullable().meta({ description: 'Shared by all occurrences of one recurring task' }),
  occurrenceAt: z.string().nullable().meta({ description: 'Planned wall-clock time of this occurrence' }),
  occurrenceNumber: z.int().nullable().meta({ description: '1 for the first occurrence of the series' }),
  missedOccurrences: z
    .int()
    .meta({ description: 'How many occurrences were missed between the previous one and this' }),
  following: z
    .object(handedOn)
    .partial()
    .nullable()
    .meta({ description: 'Where a change was for this occurrence only: what the next one has instead' }),
  skipped: z.boolean().meta({ description: 'It was passed over: completed, without having been done' }),
  rank: z.string().meta({ description: 'Manual order: compare as bytes, ties by id' }),
  version: Version,
  createdAt: InstantOut,
  updatedAt: InstantOut,
  completedAt: InstantOut.nullable(),
  deletedAt: InstantOut.nullable(),
})
export type Task = z.infer<typeof Task>

const editable = {
  listId: Id,
  title: Title,
  notes: Notes,
  priority: Priority,
  tags: Tags,
  due: Due.nullable(),
  recurrence: RecurrenceInput.nullable(),
  reminders: z.array(ReminderInput).max(LIMITS.reminders, 'must be at most 10 reminders'),
  subtasks: z.array(SubtaskInput).max(LIMITS.subtasks, 'must be at most 200 subtasks'),
  rank: Rank,
}

export const CreateTask = z.strictObject({
  id: Id.optional().meta({ description: 'UUIDv7 made by the client: the same id and content twice is one task' }),
  title: editable.title,
  listId: editable.listId.optional().meta({ description: 'The Inbox when left out' }),
  notes: editable.notes.default(''),
  priority: editable.priority.default('medium'),
  tags: editable.tags.default([]),
  due: editable.due.default(null),
  recurrence: editable.recurrence.default(null),
  reminders: editable.reminders
    .optional()
    .meta({ description: 'Left out: the default of the profile, where the due date has a time' }),
  subtasks: editable.subtasks.default([]),
  rank: editable.rank.optional().meta({ description: 'The end of the list when left out' }),
})
export type CreateTask = z.infer<typeof CreateTask>

export const CHANGE_SCOPES = ['this', 'following'] as const
export type ChangeScope = (typeof CHANGE_SCOPES)[number]

const SCOPE_MEANING =
  'Of a recurring task: whether the change is for this occurrence or for those that follow as well. ' +
  'Left out: a due date alone is for this one, all else for those that follow too'

/** A merge: a field that is not there is not touched, `null` clears. */
export const PatchTask = z
  .strictObject({
    ...editable,
    scope: z.enum(CHANGE_SCOPES, { error: 'must be this or following' }).meta({ description: SCOPE_MEANING }),
  })
  .partial()
export type PatchTask = z.infer<typeof PatchTask>

export type TaskState = 'open' | 'completed' | 'deleted'

/** The state that a person sees: deleted hides completed. */
export function taskState(task: Pick<Task, 'completedAt' | 'deletedAt'>): TaskState {
  if (task.deletedAt) return 'deleted'
  return task.completedAt ? 'completed' : 'open'
}
