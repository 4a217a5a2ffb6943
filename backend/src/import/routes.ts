import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ImportReport } from '@todo/model/api'
import { Id } from '@todo/model/primitives'
import { answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { originOf } from '../http/request-context.ts'
import { decodeCalendar } from './decode-calendar.ts'
import { importCalendar } from './use-cases.ts'

/** Ten years of a full calendar are about 5 MiB. */
const BODY_LIMIT = 10 * 1024 * 1024

const Query = z.strictObject({
  listId: Id.optional().meta({ description: 'List that the tasks go to; the Inbox when left out' }),
})
const Calendar = z.instanceof(Uint8Array, { error: 'must be an iCalendar file, sent as text/calendar' })

export async function importRoutes(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): Promise<void> {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('text/calendar', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
    done(null, body),
  )
  typed(instance).post('/import/ics', {
    bodyLimit: BODY_LIMIT,
    schema: {
      tags: ['Tasks'],
      summary: 'Make tasks of an iCalendar file; the same file twice makes none twice',
      consumes: ['text/calendar'],
      querystring: Query,
      body: Calendar,
      response: answers({ 200: ImportReport }),
    },
    handler: (request) =>
      accesses.with(request, (access) => {
        const input = { access, listId: request.query.listId, text: decodeCalendar(request.body) }
        return importCalendar(unitOfWork, originOf(request), input)
      }),
  })
}
