import { z } from 'zod'
import { Id, Instant, LocalDate } from './primitives.ts'
import { LIMITS, PRIORITIES, Priority } from './task.ts'

export const TASK_SORTS = ['due', 'priority', 'created', 'title', 'manual', 'completed'] as const
export const TASK_STATES = ['open', 'completed', 'deleted', 'all'] as const

/** A query parameter that may be repeated or separated by commas. */
const many = <T extends z.ZodType<unknown, string>>(item: T, what: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) =>
      [value]
        .flat()
        .flatMap((part) => part.split(','))
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item).max(50, `must be at most 50 ${what}`))

const TagName = z
  .string()
  .max(LIMITS.tagLength, 'must be at most 50 characters')
  .transform((tag) => tag.normalize('NFC'))

/** What `GET /api/v1/tasks` takes. Days are those of your time zone: a time that was entered in another one counts on the day that it is here. */
export const TaskQuery = z.strictObject({
  listId: many(Id, 'lists').optional(),
  tagsAny: many(TagName, 'tags').optional().meta({ description: 'Tasks with at least one of these tags' }),
  tagsAll: many(TagName, 'tags').optional().meta({ description: 'Tasks with every one of these tags' }),
  priority: many(Priority, 'priorities')
    .optional()
    .meta({ description: PRIORITIES.join(', ') }),
  state: z.enum(TASK_STATES, { error: `must be one of ${TASK_STATES.join(', ')}` }).default('open'),
  dueFrom: LocalDate.optional().meta({ description: 'First due day in your time zone, inclusive' }),
  dueTo: LocalDate.optional().meta({ description: 'Last due day in your time zone, inclusive' }),
  dueBefore: Instant.optional().meta({
    description:
      'Due before this moment: a day without a time is due at its end. With the present one, what is overdue',
  }),
  hasDue: z
    .enum(['true', 'false'])
    .optional()
    .transform((value) => (value === undefined ? undefined : value === 'true')),
  recurring: z
    .enum(['true', 'false'])
    .optional()
    .transform((value) => (value === undefined ? undefined : value === 'true')),
  completedFrom: LocalDate.optional().meta({ description: 'First day of completion in your time zone, inclusive' }),
  q: z.string().trim().max(200, 'must be at most 200 characters').optional().meta({
    description: 'Words, beginnings of words and "phrases" in title and notes; best match first unless sorted',
  }),
  sort: z.enum(TASK_SORTS, { error: `must be one of ${TASK_SORTS.join(', ')}` }).optional(),
  order: z.enum(['asc', 'desc'], { error: 'must be asc or desc' }).optional(),
  cursor: z.string().max(8_000).optional().meta({ description: 'nextCursor of the page before' }),
  limit: z.coerce.number().int().min(1, 'must be 1 to 200').max(200, 'must be 1 to 200').default(50),
})
export type TaskQuery = z.infer<typeof TaskQuery>
export type TaskSort = (typeof TASK_SORTS)[number]
