import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { MarkNotifications, NotificationPage, NotificationQuery } from '@todo/model/api'
import { answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { answerOnce } from '../http/idempotency.ts'
import { sessionOf } from '../http/request-context.ts'
import { listNotifications, markNotifications } from './use-cases.ts'

const tags = ['Notifications']

export async function notificationRoutes(instance: FastifyInstance, { unitOfWork }: RouteDeps): Promise<void> {
  const app = typed(instance)

  app.get('/notifications', {
    schema: {
      tags,
      summary: 'Notifications, newest first',
      querystring: NotificationQuery,
      response: answers({ 200: NotificationPage }),
    },
    handler: async (request) => listNotifications(unitOfWork.db, sessionOf(request).userId, request.query),
  })

  app.post('/notifications/read', {
    schema: {
      tags,
      summary: 'Mark as read or unread',
      takes: ['Idempotency-Key'],
      body: MarkNotifications,
      response: answers({ 200: z.object({ unread: z.int() }) }),
    },
    handler: async (request) => {
      const input = { userId: sessionOf(request).userId, mark: request.body }
      const marked = await answerOnce(request, unitOfWork, async (ctx) => ({
        status: 200,
        body: await markNotifications(ctx, input),
      }))
      return marked.body
    },
  })
}
