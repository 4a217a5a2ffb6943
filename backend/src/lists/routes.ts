import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { CreateList, List, ListQuery, PatchList } from '@todo/model/list'
import { IdParams, NoBody, answers, ifMatch, sendVersioned, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { answerOnce } from '../http/idempotency.ts'
import { originOf, sessionOf } from '../http/request-context.ts'
import { listsOf } from './repo.ts'
import { createList, deleteList, restoreList, updateList } from './use-cases.ts'

const tags = ['Lists']

export async function listRoutes(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  collectionRoutes(app, deps)
  changingRoute(app, deps)
  binRoutes(app, deps)
}

function collectionRoutes(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  const app = typed(instance)

  app.get('/lists', {
    schema: {
      tags,
      summary: 'All lists, the Inbox first, or those in the bin',
      querystring: ListQuery,
      response: answers({ 200: z.object({ items: z.array(List) }) }),
    },
    handler: async (request) => {
      const { state } = request.query
      const items = await accesses.with(request, ({ userId }) => listsOf(unitOfWork.db, userId, state))
      return { items }
    },
  })

  app.post('/lists', {
    schema: {
      tags,
      summary: 'Create a list',
      takes: ['Idempotency-Key'],
      body: CreateList,
      response: answers({ 200: List, 201: List }),
    },
    handler: async (request, reply) => {
      const { userId } = sessionOf(request)
      const { status, body } = await answerOnce(request, unitOfWork, async (ctx) => {
        const { list, created } = await createList(ctx, { userId, input: request.body })
        return { status: created ? 201 : 200, body: list }
      })
      return sendVersioned(reply, body, status)
    },
  })
}

function changingRoute(app: FastifyInstance, { unitOfWork }: RouteDeps): void {
  typed(app).patch('/lists/:id', {
    schema: {
      tags,
      summary: 'Rename, recolour or reorder a list',
      takes: ['If-Match'],
      params: IdParams,
      body: PatchList,
      response: answers({ 200: List }),
    },
    handler: async (request, reply) => {
      const input = { ...listOf(request), patch: request.body }
      return sendVersioned(reply, await unitOfWork.change(originOf(request), (ctx) => updateList(ctx, input)))
    },
  })
}

function binRoutes(instance: FastifyInstance, { unitOfWork }: RouteDeps): void {
  const app = typed(instance)

  app.delete('/lists/:id', {
    schema: {
      tags,
      summary: 'Put a list and its tasks in the bin',
      takes: ['If-Match'],
      params: IdParams,
      response: answers({ 200: List }),
    },
    handler: async (request, reply) => {
      const input = listOf(request)
      const list = await unitOfWork.change(originOf(request), (ctx) => deleteList(ctx, input))
      return sendVersioned(reply, list)
    },
  })

  app.post('/lists/:id/restore', {
    schema: {
      tags,
      summary: 'Take a list out of the bin',
      takes: ['If-Match', 'Idempotency-Key'],
      params: IdParams,
      body: NoBody,
      response: answers({ 200: List }),
    },
    handler: async (request, reply) => {
      const input = listOf(request)
      const { body } = await answerOnce(request, unitOfWork, async (ctx) => ({
        status: 200,
        body: await restoreList(ctx, input),
      }))
      return sendVersioned(reply, body)
    },
  })
}

function listOf(request: FastifyRequest) {
  const { id: listId } = request.params as z.infer<typeof IdParams>
  return { userId: sessionOf(request).userId, listId, ifVersion: ifMatch(request.headers['if-match']) }
}
