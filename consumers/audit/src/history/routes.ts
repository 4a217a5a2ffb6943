import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { z } from 'zod'
import { History } from '@todo/model/api'
import { Id } from '@todo/model/primitives'
import type { ZodTypes } from '@todo/platform/http/schema'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { findHistory } from './repo.ts'

const Params = z.object({ taskId: Id })

const HistoryQuery = z.strictObject({
  limit: z.coerce.number().int('must be 1 to 200').min(1, 'must be 1 to 200').max(200, 'must be 1 to 200').default(50),
  cursor: z.string().max(500).optional(),
})

/** Reached by invocation only: the backend has checked who may see the task. */
export async function historyRoutes(app: FastifyInstance, pool: pg.Pool): Promise<void> {
  const schema = { params: Params, querystring: HistoryQuery, response: { 200: History } }
  app.withTypeProvider<ZodTypes>().get('/internal/tasks/:taskId/history', { schema }, async ({ params, query }) => {
    const { taskId } = params
    const cursor = query.cursor ? decodeCursor(query.cursor) : null
    const found = await findHistory(pool, { taskId, cursor, limit: query.limit + 1 })
    const page = found.slice(0, query.limit)
    const last = page.at(-1)
    return {
      items: page.map(({ entry }) => entry),
      nextCursor: last && found.length > page.length ? encodeCursor(last.place) : null,
    }
  })
}
