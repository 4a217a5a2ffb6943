import { Readable } from 'node:stream'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { z } from 'zod'
import { AppError } from '@todo/platform/errors'
import type { Invoke } from '@todo/platform/invoke'
import { signTicket } from '@todo/platform/ticket'
import { answers } from '../http/api.ts'
import { sessionOf } from '../http/request-context.ts'
import type { OpenStreams } from './open-streams.ts'

interface StreamDeps {
  invoke: Invoke
  now: () => Date
  openStreams: OpenStreams
  secret: string
}

/** WHATWG HTML §9.2. */
const Events = z.string().meta({
  contentType: 'text/event-stream',
  description:
    'ready (connected), task.changed and view.changed (fetch what they name), reset (fetch all afresh: what was missed is not known)',
})

const StreamSchema: FastifySchema = {
  tags: ['Live'],
  summary: 'Server-sent events: every change that the person may see',
  takes: ['Last-Event-ID'],
  response: answers({ 200: Events }),
}

/** Passes the person's live stream on from the realtime service, which believes a short-lived ticket of ours. */
export async function streamRoutes(
  app: FastifyInstance,
  { invoke, now, openStreams, secret }: StreamDeps,
): Promise<void> {
  app.get('/stream', {
    schema: StreamSchema,
    compress: false,
    handler: async (request, reply) => {
      const { 'last-event-id': lastEventId, cookie } = request.headers
      const { userId } = sessionOf(request)
      const { status, body } = await invoke.stream('realtime', {
        method: 'GET',
        path: '/internal/stream',
        headers: {
          'x-stream-ticket': signTicket(userId, { secret, now: now() }),
          ...(typeof lastEventId === 'string' ? { 'last-event-id': lastEventId } : {}),
        },
      })
      if (status !== 200) {
        body.destroy()
        throw refusal(status)
      }
      const stream = Readable.from(body)
      const forget = openStreams.add(userId, { cookie, end: () => stream.push(null) })
      // It has ended, or the tab was closed: the realtime service must not go on writing for nobody.
      const leave = () => {
        forget()
        stream.destroy()
        body.destroy()
      }
      stream.on('close', leave)
      request.raw.on('close', leave)
      return reply
        .header('content-type', 'text/event-stream; charset=utf-8')
        .header('cache-control', 'no-store, no-transform')
        .header('x-accel-buffering', 'no')
        .send(stream)
    },
  })
}

function refusal(status: number): AppError {
  if (status === 429) return new AppError('too-many-requests', 'Too many live streams are open: close some tabs.')
  return new AppError('unavailable', 'Live updates are not available right now.')
}
