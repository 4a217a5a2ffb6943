import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { invalidField } from '@todo/platform/errors'
import { CLIENT_IP_HEADER } from './auth.ts'
import type { Auth } from './auth.ts'
import '@fastify/swagger'
import type { Sessions } from './sessions.ts'

/** Hands everything under /api/auth to Better Auth. */
export async function authRoutes(
  app: FastifyInstance,
  { auth, sessions }: { auth: Auth; sessions: Sessions },
): Promise<void> {
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    schema: { hide: true },
    handler: async (request, reply) => {
      const { cookie } = request.headers
      // Asked before: afterwards the session may be gone. Signing out ends this one, a new password ends the others.
      const userId = request.method === 'POST' ? await sessions.ownerOf(cookie) : undefined
      const response = await auth.handler(webRequest(request))
      if (request.method === 'POST') sessions.forget({ cookieHeader: cookie, userId })
      return sendWebResponse(reply, response)
    },
  })
}

function webRequest(request: FastifyRequest): Request {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined && name !== 'content-length') headers.set(name, String(value))
  }
  headers.set(CLIENT_IP_HEADER, request.ip)
  // A browser names its origin with every POST, also the one of another site; what names none is a program.
  const origin = `${request.protocol}://${request.host}`
  if (!URL.canParse(origin)) throw invalidField('Host', 'must be the address of this server, such as localhost:3000')
  if (!headers.has('origin')) headers.set('origin', origin)
  const body = request.method === 'POST' ? JSON.stringify(request.body ?? {}) : null
  if (body !== null) headers.set('content-type', 'application/json')
  return new Request(`${origin}${request.url}`, { method: request.method, headers, body })
}

async function sendWebResponse(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.code(response.status).header('cache-control', 'no-store')
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie' && name !== 'content-length') reply.header(name, value)
  }
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return reply.send(Buffer.from(await response.arrayBuffer()))
}
