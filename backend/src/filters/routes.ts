import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { CreateSavedFilter, SavedFilter } from '@todo/model/api'
import { IdParams, answers, sendVersioned, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { answerOnce } from '../http/idempotency.ts'
import { originOf, sessionOf } from '../http/request-context.ts'
import { createFilter, deleteFilter, listFilters } from './use-cases.ts'

const tags = ['Saved views']

export async function filterRoutes(instance: FastifyInstance, { unitOfWork }: RouteDeps): Promise<void> {
  const app = typed(instance)

  app.get('/filters', {
    schema: { tags, summary: 'Saved views', response: answers({ 200: z.object({ items: z.array(SavedFilter) }) }) },
    handler: async (request) => ({ items: await listFilters(unitOfWork.db, sessionOf(request).userId) }),
  })

  app.post('/filters', {
    schema: {
      tags,
      summary: 'Save a view',
      takes: ['Idempotency-Key'],
      body: CreateSavedFilter,
      response: answers({ 200: SavedFilter, 201: SavedFilter }),
    },
    handler: async (request, reply) => {
      const input = { userId: sessionOf(request).userId, input: request.body }
      const { status, body } = await answerOnce(request, unitOfWork, async (ctx) => {
        const { filter, created } = await createFilter(ctx, input)
        return { status: created ? 201 : 200, body: filter }
      })
      return sendVersioned(reply, body, status)
    },
  })

  app.delete('/filters/:id', {
    schema: { tags, summary: 'Delete a saved view', params: IdParams, response: answers({ 204: z.null() }) },
    handler: async (request, reply) => {
      const input = { userId: sessionOf(request).userId, filterId: request.params.id }
      await unitOfWork.change(originOf(request), (ctx) => deleteFilter(ctx, input))
      return reply.code(204).send(null)
    },
  })
}
