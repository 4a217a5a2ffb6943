import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { PatchTag } from '@todo/model/api'
import { TagSummary } from '@todo/model/list'
import { answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { originOf, sessionOf } from '../http/request-context.ts'
import { tagsOf } from '../overview/repo.ts'
import { deleteTag, updateTag } from './use-cases.ts'

const tags = ['Tags']
const TagParams = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(50)
    .transform((name) => name.normalize('NFC')),
})

export async function tagRoutes(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): Promise<void> {
  const app = typed(instance)
  const tagOf = (request: FastifyRequest) => ({
    withAccess: accesses.of(request),
    userId: sessionOf(request).userId,
    name: (request.params as z.infer<typeof TagParams>).name,
  })

  app.get('/tags', {
    schema: { tags, summary: 'All tags in use', response: answers({ 200: z.object({ items: z.array(TagSummary) }) }) },
    handler: (request) => accesses.with(request, async (access) => ({ items: await tagsOf(unitOfWork.db, access) })),
  })

  app.patch('/tags/:name', {
    schema: {
      tags,
      summary: 'Rename or recolour a tag',
      params: TagParams,
      body: PatchTag,
      response: answers({ 200: TagSummary }),
    },
    handler: (request) => updateTag(unitOfWork, originOf(request), { ...tagOf(request), patch: request.body }),
  })

  app.delete('/tags/:name', {
    schema: { tags, summary: 'Take a tag off every task', params: TagParams, response: answers({ 204: z.null() }) },
    handler: async (request, reply) => {
      await deleteTag(unitOfWork, originOf(request), tagOf(request))
      return reply.code(204).send(null)
    },
  })
}
