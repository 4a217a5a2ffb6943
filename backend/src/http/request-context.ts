import type { FastifyRequest } from 'fastify'
import { childTraceparent } from '@todo/platform/http/trace'
import { accessTo, visibleLists } from '../access.ts'
import type { Access } from '../access.ts'
import type { Session } from '../auth/sessions.ts'
import type { Origin, UnitOfWork } from '../context.ts'
import { createInbox } from '../lists/use-cases.ts'

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
    traceparent: childTraceparent(request.id),
  }
}

function shortHeader(request: FastifyRequest, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value.length <= 100 ? value : null
}

/** What the person of a request may see. A new account gets its Inbox here, whichever request comes first. */
export async function accessOf(request: FastifyRequest, unitOfWork: UnitOfWork): Promise<Access> {
  const { userId, timeZone } = sessionOf(request)
  const lists = await visibleLists(unitOfWork.db, userId)
  if (lists.some((list) => list.isInbox && list.ownerId === userId)) return accessTo(userId, timeZone, lists)
  await unitOfWork.change(originOf(request), (ctx) => createInbox(ctx, userId))
  return accessTo(userId, timeZone, await visibleLists(unitOfWork.db, userId))
}
