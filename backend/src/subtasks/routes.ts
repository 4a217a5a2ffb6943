import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Id } from '@todo/model/primitives'
import { Task, Title } from '@todo/model/task'
import { IdParams, answers, ifMatch, sendVersioned, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { answerOnce } from '../http/idempotency.ts'
import { originOf } from '../http/request-context.ts'
import { addSubtask, deleteSubtask, updateSubtask } from './use-cases.ts'

const tags = ['Subtasks']
const NewSubtask = z.strictObject({ id: Id.optional(), title: Title })
const PatchSubtask = z.strictObject({ title: Title, completed: z.boolean() }).partial()
const SubtaskParams = z.strictObject({ id: Id, subtaskId: Id })

export async function subtaskRoutes(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  addingRoute(app, deps)
  changingRoutes(app, deps)
}

function addingRoute(app: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  typed(app).post('/tasks/:id/subtasks', {
    schema: {
      tags,
      summary: 'Add a subtask',
      takes: ['If-Match', 'Idempotency-Key'],
      params: IdParams,
      body: NewSubtask,
      response: answers({ 201: Task }),
    },
    handler: async (request, reply) => {
      const ifVersion = ifMatch(request.headers['if-match'])
      const target = { taskId: request.params.id, ifVersion, input: request.body }
      const { body } = await accesses.with(request, (access) =>
        answerOnce(request, unitOfWork, async (ctx) => ({
          status: 201,
          body: await addSubtask(ctx, { access, ...target }),
        })),
      )
      return sendVersioned(reply, body, 201)
    },
  })
}

function changingRoutes(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  const app = typed(instance)

  app.patch('/tasks/:id/subtasks/:subtaskId', {
    schema: {
      tags,
      summary: 'Rename or check a subtask',
      takes: ['If-Match'],
      params: SubtaskParams,
      body: PatchSubtask,
      response: answers({ 200: Task }),
    },
    handler: async (request, reply) => {
      const { id: taskId, subtaskId } = request.params
      const target = { taskId, subtaskId, ifVersion: ifMatch(request.headers['if-match']), patch: request.body }
      const task = await accesses.with(request, (access) =>
        unitOfWork.change(originOf(request), (ctx) => updateSubtask(ctx, { access, ...target })),
      )
      return sendVersioned(reply, task)
    },
  })

  app.delete('/tasks/:id/subtasks/:subtaskId', {
    schema: {
      tags,
      summary: 'Delete a subtask',
      takes: ['If-Match'],
      params: SubtaskParams,
      response: answers({ 200: Task }),
    },
    handler: async (request, reply) => {
      const { id: taskId, subtaskId } = request.params
      const target = { taskId, subtaskId, ifVersion: ifMatch(request.headers['if-match']) }
      const task = await accesses.with(request, (access) =>
        unitOfWork.change(originOf(request), (ctx) => deleteSubtask(ctx, { access, ...target })),
      )
      return sendVersioned(reply, task)
    },
  })
}
