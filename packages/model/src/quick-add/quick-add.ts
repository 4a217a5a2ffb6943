import { z } from 'zod'
import { Id, IdOut, InstantOut } from '../primitives.ts'
import { LIMITS } from '../limits.ts'
import {
  PRIORITIES,
  RECURRENCE_ANCHORS,
  repeatMinutes,
  type Due,
  type Priority,
  type Recurrence,
  Task,
} from '../task.ts'
import { isVisible } from '../visible-text.ts'

export const PART_KINDS = ['due', 'recurrence', 'priority', 'tag', 'list', 'reminder'] as const
export type PartKind = (typeof PART_KINDS)[number]

const range = {
  from: z.int().meta({ description: 'Where it begins in the text as it was sent, in UTF-16 code units' }),
  to: z.int().meta({ description: 'Where it is over: the first code unit after it' }),
  text: z.string().meta({ description: 'What is there' }),
}

const reminder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('absolute'), at: InstantOut, repeatMinutes }),
  z.object({ kind: z.literal('relative'), minutesBefore: z.int(), repeatMinutes }),
])
export type QuickReminder = z.infer<typeof reminder>

/** A piece of the line that was understood, and what it says. */
export const QuickAddPart = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('due'), ...range, date: z.string().nullable(), time: z.string().nullable() })
    .meta({ description: 'A day, a time or both' }),
  z.object({
    kind: z.literal('recurrence'),
    ...range,
    rule: z.string(),
    anchor: z.enum(RECURRENCE_ANCHORS),
    time: z.string().nullable(),
  }),
  z.object({ kind: z.literal('priority'), ...range, priority: z.enum(PRIORITIES) }),
  z.object({ kind: z.literal('tag'), ...range, tag: z.string() }),
  z.object({ kind: z.literal('list'), ...range, listId: IdOut }),
  z.object({ kind: z.literal('reminder'), ...range, reminders: z.array(reminder) }),
])
export type QuickAddPart = z.infer<typeof QuickAddPart>

/** A part that the person has taken back: this text stays in the title; of any text where none is given. */
export const PlainPart = z.strictObject({
  kind: z.enum(PART_KINDS, { error: `must be one of ${PART_KINDS.join(', ')}` }),
  text: z.string().max(LIMITS.quickAddLength, 'must be at most 1,000 characters').optional(),
})
export type PlainPart = z.infer<typeof PlainPart>

/** What `POST /api/v1/tasks/quick` takes. */
export const QuickAddRequest = z.strictObject({
  text: z
    .string({ error: 'must be text of 1 to 1,000 characters' })
    .max(LIMITS.quickAddLength, { error: 'must be at most 1,000 characters', abort: true })
    .refine(isVisible, 'must not be empty')
    .meta({ description: 'Such as: Pay rent every 1st 9am !high #home /Finance remind 1d before' }),
  listId: Id.optional().meta({
    description: 'Where the task goes when the text names no list; the Inbox when left out',
  }),
  plain: z
    .array(PlainPart)
    .max(LIMITS.tags + 20, 'must be at most 50 parts')
    .default([])
    .meta({ description: 'Parts that are not to be understood: they stay in the title' }),
})
export type QuickAddRequest = z.infer<typeof QuickAddRequest>

/** What it answers. */
export const QuickAddResult = z.object({
  task: Task,
  parts: z.array(QuickAddPart).meta({ description: 'What was understood, in the order of the text' }),
})

/** Who is typing, when and where. */
export interface QuickAddContext {
  now: Date
  /** IANA zone of the person. */
  timeZone: string
  /** 1 Monday … 7 Sunday, as in the profile. */
  weekStart: number
  /** The lists that a task may be added to. */
  lists?: readonly { id: string; name: string }[]
  plain?: readonly PlainPart[]
}

/** What a line says. All but `parts` is as `CreateTask` takes it. */
export interface QuickAdd {
  title: string
  due: Due | null
  recurrence: Recurrence | null
  priority: Priority | null
  tags: string[]
  listId: string | null
  reminders: QuickReminder[]
  parts: QuickAddPart[]
}
