import type { FastifyInstance } from 'fastify'
import { AppError } from '@todo/platform/errors'
import { verifyTicket } from '@todo/platform/ticket'
import type { Streams } from './streams.ts'

interface StreamRoutes {
  streams: Streams
  secret: string
  now: () => Date
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  // Proxies that gather answers before passing them on (nginx) let this one through.
  'x-accel-buffering': 'no',
}

/** Reached by invocation only: the backend signs the ticket and passes the stream on to the browser. */
export async function streamRoutes(app: FastifyInstance, { streams, secret, now }: StreamRoutes): Promise<void> {
  app.get('/internal/stream', { exposeHeadRoute: false }, async (request, reply) => {
    const { 'x-stream-ticket': ticket, 'last-event-id': lastEventId } = request.headers
    const userId = typeof ticket === 'string' ? verifyTicket(ticket, { secret, now: now() }) : null
    if (!userId) throw new AppError('not-signed-in', 'The stream ticket is missing, wrong or too old: get a new one.')
    const stream = streams.open(userId, typeof lastEventId === 'string' ? lastEventId : undefined)
    return reply.headers(HEADERS).send(stream.body)
  })
}
