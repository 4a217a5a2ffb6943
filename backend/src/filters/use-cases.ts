import type { Kysely } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { z } from 'zod'
import type { CreateSavedFilter, SavedFilter } from '@todo/model/api'
import { AppError, notFound } from '@todo/platform/errors'
import { announceView } from '../announce-view.ts'
import type { Ctx } from '../context.ts'
import type { Tables } from '../tables.ts'

const MOST = 100

export async function listFilters(db: Kysely<Tables>, userId: string): Promise<SavedFilter[]> {
  return db
    .selectFrom('saved_filter')
    .select(['id', 'name', 'query', 'version'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** The same id twice is the same filter. @throws 409 when there is another one with it */
export async function createFilter(
  ctx: Ctx,
  { userId, input }: { userId: string; input: z.output<typeof CreateSavedFilter> },
): Promise<{ filter: SavedFilter; created: boolean }> {
  const known = await listFilters(ctx.tx, userId)
  const same = known.find((filter) => filter.id === input.id)
  if (same && (same.name !== input.name || same.query !== input.query)) {
    throw new AppError('conflict', 'There is another saved view with this id: send a new id.', { current: same })
  }
  if (same) return { filter: same, created: false }
  if (known.length >= MOST) throw new AppError('conflict', `There are ${MOST} saved views already: delete one first.`)
  const filter = { id: input.id ?? uuidv7(), name: input.name, query: input.query, version: 1 }
  const row = { ...filter, user_id: userId, created_at: ctx.now() }
  const inserted = await ctx.tx
    .insertInto('saved_filter')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(inserted.numInsertedOrUpdatedRows) === 0) throw notFound('saved view')
  announceView(ctx, userId, { resource: 'filters', id: filter.id })
  return { filter, created: true }
}

export async function deleteFilter(
  ctx: Ctx,
  { userId, filterId }: { userId: string; filterId: string },
): Promise<void> {
  const deleted = await ctx.tx
    .deleteFrom('saved_filter')
    .where('id', '=', filterId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (Number(deleted.numDeletedRows) === 0) throw notFound('saved view')
  announceView(ctx, userId, { resource: 'filters', id: filterId })
}
