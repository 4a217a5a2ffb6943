import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { ImportReport } from '@todo/model/api'
import { Id } from '@todo/model/primitives'
import { AppError } from '@todo/platform/errors'
import { sendProblem } from '@todo/platform/http/problem'
import { answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { requestKey } from '../http/idempotency.ts'
import { originOf } from '../http/request-context.ts'
import { CALENDAR_LIMITS, MAX_CALENDAR_BYTES, decodeCalendar, tooLarge } from './decode-calendar.ts'
import { importCalendar } from './use-cases.ts'

const { mebibytes, entries, lines } = CALENDAR_LIMITS
const count = (number: number) => number.toLocaleString('en')
const DESCRIPTION = `A file has at most ${mebibytes} MiB, ${count(entries)} to-dos and events, and ${count(lines)} lines; UTF-8, or UTF-16 with a byte order mark. Of lines that cannot be kept the first 5,000 are listed, and the others counted. Tasks are made 100 at a time: what was made stays when the database goes away in the middle, and the same file again goes on. Of a person five files may wait to be read (429), and one that takes more than 30 seconds or 512 MiB to read is refused (413).`

const Query = z.strictObject({
  listId: Id.optional().meta({ description: 'List that the tasks go to; the Inbox when left out' }),
})
const Calendar = z.instanceof(Uint8Array, { error: 'must be an iCalendar file, sent as text/calendar' })

/** Where a calendar is another matter than a JSON body. */
const REFUSALS: Record<string, () => AppError> = {
  FST_ERR_CTP_BODY_TOO_LARGE: tooLarge,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new AppError('unsupported-media-type', 'Send the file as text/calendar.'),
}

export async function importRoutes(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): Promise<void> {
  instance.removeAllContentTypeParsers()
  const bodyLimit = MAX_CALENDAR_BYTES
  instance.addContentTypeParser('text/calendar', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
    done(null, body),
  )
  typed(instance).post('/import/ics', {
    bodyLimit,
    errorHandler: (error, request, reply) => sendProblem(REFUSALS[error.code]?.() ?? error, request, reply),
    schema: {
      tags: ['Tasks'],
      summary: 'Make tasks of an iCalendar file; the same file twice makes none twice',
      description: DESCRIPTION,
      takes: ['Idempotency-Key'],
      consumes: ['text/calendar'],
      querystring: Query,
      body: Calendar,
      response: answers({ 200: ImportReport }),
    },
    handler: (request) => {
      const importer = {
        unitOfWork,
        withAccess: accesses.of(request),
        origin: originOf(request),
        key: requestKey(request),
        log: request.log,
      }
      return importCalendar(importer, { listId: request.query.listId, text: decodeCalendar(request.body) })
    },
  })
}
