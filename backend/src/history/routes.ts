import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Delivery, History } from '@todo/model/api'
import { AppError } from '@todo/platform/errors'
import type { Invoke } from '@todo/platform/invoke'
import { IdParams, answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { namesOf } from '../profile/repo.ts'
import { deliveriesOf } from '../reminders/deliveries.ts'
import { findTask } from '../tasks/repo.ts'

const Query = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1, 'must be 1 to 200').max(200, 'must be 1 to 200').default(50),
})

export async function historyRoutes(
  instance: FastifyInstance,
  { unitOfWork, accesses, invoke }: RouteDeps & { invoke: Invoke },
): Promise<void> {
  const app = typed(instance)

  app.get('/tasks/:id/history', {
    schema: {
      tags: ['Tasks'],
      summary: 'Who changed what, newest first',
      params: IdParams,
      querystring: Query,
      response: answers({ 200: History }),
    },
    handler: async (request) => {
      const task = await accesses.with(request, (access) => findTask(unitOfWork.db, access, request.params.id))
      const history = await historyOf(invoke, task.id, request.query)
      const names = await namesOf(unitOfWork.db, personIds(history))
      const named = history.items.map((item) => ({
        ...item,
        actor: { ...item.actor, name: names.get(item.actor.id) ?? null },
      }))
      return { ...history, items: named }
    },
  })

  app.get('/tasks/:id/deliveries', {
    schema: {
      tags: ['Tasks'],
      summary: 'What became of its reminders, newest first',
      params: IdParams,
      response: answers({ 200: z.object({ items: z.array(Delivery) }) }),
    },
    handler: async (request) => {
      const task = await accesses.with(request, (access) => findTask(unitOfWork.db, access, request.params.id))
      return { items: await deliveriesOf(unitOfWork.db, task.id) }
    },
  })
}

type HistoryPage = z.infer<typeof History>

/** The history is the audit service's: nobody reads another service's tables. */
async function historyOf(
  invoke: Invoke,
  taskId: string,
  { cursor, limit }: z.output<typeof Query>,
): Promise<HistoryPage> {
  const query = new URLSearchParams({ limit: String(limit), ...(cursor ? { cursor } : {}) })
  const { status, body } = await invoke.call('audit', {
    method: 'GET',
    path: `/internal/tasks/${taskId}/history?${query.toString()}`,
  })
  if (status === 200) return body as HistoryPage
  const detail = (body as { detail?: string } | null)?.detail
  if (status === 400) throw new AppError('invalid-request', detail ?? 'The cursor is not one of this history.')
  throw new AppError('unavailable', 'The history cannot be read right now. Try again in a moment.')
}

function personIds(history: HistoryPage): string[] {
  return [...new Set(history.items.filter((item) => item.actor.kind === 'user').map((item) => item.actor.id))]
}
