import type { FastifyRequest } from 'fastify'
import type { Session } from '../auth/sessions.ts'
import type { Origin } from '../context.ts'

declare module 'fastify' {
  interface FastifyRequest {
    session: Session | null
  }
}

/** The person of a request that the session check has let through. */
export function sessionOf(request: FastifyRequest): Session {
  if (!request.session) throw new Error(`${request.routeOptions.url} has no session check`)
  return request.session
}

export function originOf(request: FastifyRequest): Origin {
  return {
    actor: { kind: 'user', id: sessionOf(request).userId },
    clientId: shortHeader(request, 'x-client-id'),
    mutationId: shortHeader(request, 'x-mutation-id'),
    batchId: null,
  }
}

function shortHeader(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value.length <= 100 ? value : null
}
