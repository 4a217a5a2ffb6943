import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Id } from '@todo/model/primitives'
import { Task, Title } from '@todo/model/task'
import { IdParams, answers, sendVersioned, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { answerOnce } from '../http/idempotency.ts'
import { accessOf, originOf } from '../http/request-context.ts'
import { addSubtask, deleteSubtask, updateSubtask } from './use-cases.ts'

const tags = ['Subtasks']
const NewSubtask = z.strictObject({ id: Id.optional(), title: Title })
const PatchSubtask = z.strictObject({ title: Title, completed: z.boolean() }).partial()
const SubtaskParams = z.strictObject({ id: Id, subtaskId: Id })

export async function subtaskRoutes(instance: FastifyInstance, { unitOfWork }: RouteDeps): Promise<void> {
  const app = typed(instance)

  app.post('/tasks/:id/subtasks', {
    schema: { tags, summary: 'Add a subtask', params: IdParams, body: NewSubtask, response: answers({ 201: Task }) },
    handler: async (request, reply) => {
      const input = { access: await accessOf(request, unitOfWork), taskId: request.params.id, input: request.body }
      const { body } = await answerOnce(request, unitOfWork, async (ctx) => ({
        status: 201,
        body: await addSubtask(ctx, input),
      }))
      return sendVersioned(reply, body, 201)
    },
  })

  app.patch('/tasks/:id/subtasks/:subtaskId', {
    schema: {
      tags,
      summary: 'Rename or check a subtask',
      params: SubtaskParams,
      body: PatchSubtask,
      response: answers({ 200: Task }),
    },
    handler: async (request, reply) => {
      const { id: taskId, subtaskId } = request.params
      const input = { access: await accessOf(request, unitOfWork), taskId, subtaskId, patch: request.body }
      return sendVersioned(reply, await unitOfWork.change(originOf(request), (ctx) => updateSubtask(ctx, input)))
    },
  })

  app.delete('/tasks/:id/subtasks/:subtaskId', {
    schema: { tags, summary: 'Delete a subtask', params: SubtaskParams, response: answers({ 200: Task }) },
    handler: async (request, reply) => {
      const { id: taskId, subtaskId } = request.params
      const input = { access: await accessOf(request, unitOfWork), taskId, subtaskId }
      return sendVersioned(reply, await unitOfWork.change(originOf(request), (ctx) => deleteSubtask(ctx, input)))
    },
  })
}
