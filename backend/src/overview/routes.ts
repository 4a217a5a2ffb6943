import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Overview } from '@todo/model/api'
import { localDateAt } from '@todo/model/due'
import { LocalDate } from '@todo/model/primitives'
import { answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { listsOf } from '../lists/repo.ts'
import { countUnread } from '../notifications/repo.ts'
import { countTasks, tagsOf } from './repo.ts'

const Query = z.strictObject({
  today: LocalDate.optional().meta({ description: "The person's day; worked out from their time zone when left out" }),
})

export async function overviewRoutes(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): Promise<void> {
  typed(instance).get('/overview', {
    schema: {
      tags: ['Lists'],
      summary: 'What the sidebar shows',
      querystring: Query,
      response: answers({ 200: Overview }),
    },
    handler: (request) =>
      accesses.with(request, async (access) => {
        const { db, now } = unitOfWork
        const today = request.query.today ?? localDateAt(now(), access.timeZone)
        const [lists, tags, counts, unreadNotifications] = await Promise.all([
          listsOf(db, access.userId),
          tagsOf(db, access),
          countTasks(db, access, today, now()),
          countUnread(db, access.userId),
        ])
        return { lists, tags, counts, unreadNotifications }
      }),
  })
}
