import { z } from 'zod'
import { Id, IdOut } from './primitives.ts'
import { LIMITS, PatchTask, Rank, Task } from './task.ts'

const ofTasks = <T extends z.ZodType>(each: T) =>
  z.array(each).min(1, 'must name at least one task').max(LIMITS.batch, `must be at most ${LIMITS.batch} tasks`)
const ids = ofTasks(Id)
const ifVersion = z
  .int()
  .positive()
  .optional()
  .meta({ description: 'Refused when the task has another version, as by If-Match' })

/** One change to many tasks: all of it happens, or none. */
export const TaskBatch = z.discriminatedUnion(
  'action',
  [
    z.strictObject({ action: z.enum(['complete', 'skip', 'reopen', 'delete', 'restore']), ids }),
    z.strictObject({
      action: z.literal('change'),
      patches: ofTasks(z.strictObject({ id: Id, patch: PatchTask, ifVersion })).meta({ description: 'Each task once' }),
    }),
    z.strictObject({
      action: z.literal('move'),
      ids,
      listId: Id,
      ranks: z
        .array(Rank)
        .optional()
        .meta({ description: 'Their places there, one for each of ids; the end of the list when left out' }),
    }),
    z.strictObject({
      action: z.literal('reorder'),
      ids: ids.meta({ description: 'The tasks in their new order' }),
      after: Id.nullable().default(null).meta({ description: 'They come after this task; null: at the top' }),
    }),
  ],
  { error: 'must have action complete, skip, reopen, delete, restore, change, move or reorder' },
)
export type TaskBatch = z.infer<typeof TaskBatch>

export const TaskBatchResult = z.object({ batchId: IdOut, items: z.array(Task) })
