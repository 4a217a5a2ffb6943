import { z } from 'zod'
import { Id, IdOut, InstantOut, Version } from './primitives.ts'
import { Rank } from './task.ts'
import { isVisible } from './visible-text.ts'

export const LIST_COLORS = ['slate', 'red', 'orange', 'amber', 'green', 'teal', 'blue', 'violet', 'pink'] as const
export const ListColor = z.enum(LIST_COLORS, { error: `must be one of ${LIST_COLORS.join(', ')}` })
export type ListColor = z.infer<typeof ListColor>

export const ROLES = ['owner', 'editor', 'viewer'] as const

export const List = z.object({
  id: IdOut,
  name: z.string(),
  color: z.enum(LIST_COLORS),
  isInbox: z.boolean(),
  role: z.enum(ROLES),
  rank: z.string(),
  openTasks: z.int().meta({ description: 'Open tasks in it' }),
  version: Version,
  createdAt: InstantOut,
  updatedAt: InstantOut,
  deletedAt: InstantOut.nullable(),
})
export type List = z.infer<typeof List>

export const LIST_STATES = ['open', 'deleted'] as const
export type ListState = (typeof LIST_STATES)[number]

export const ListQuery = z.strictObject({
  state: z
    .enum(LIST_STATES, { error: 'must be open or deleted' })
    .default('open')
    .meta({ description: 'deleted: those in the bin, the latest first' }),
})

const Name = z
  .string()
  .transform((name) => name.replace(/\s+/gu, ' ').trim())
  .pipe(z.string().refine(isVisible, 'must not be empty').max(100, 'must be at most 100 characters'))

export const CreateList = z.strictObject({
  id: Id.optional(),
  name: Name,
  color: ListColor.default('slate'),
  rank: Rank.optional(),
})
export type CreateList = z.infer<typeof CreateList>

export const PatchList = z.strictObject({ name: Name, color: ListColor, rank: Rank }).partial()
export type PatchList = z.infer<typeof PatchList>

export const TagSummary = z.object({
  name: z.string(),
  color: z
    .enum(LIST_COLORS)
    .nullable()
    .meta({ description: "The person's own colour for it; null: derived from the name" }),
  openTasks: z.int(),
})
export type TagSummary = z.infer<typeof TagSummary>
