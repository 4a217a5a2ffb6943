import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Kysely } from 'kysely'
import { errorMessage, invalidField, invalidFields, notFound } from '@todo/platform/errors'
import { sendProblemDocument, unknownField } from '@todo/platform/http/problem'
import { UNKEEPABLE, pathOfUnkeepableText } from '@todo/platform/http/unkeepable'
import { isDeeperThan } from '@todo/platform/nesting'
import { isUnavailable } from '@todo/platform/unavailable'
import { authProblem, sendAuthProblem } from './auth-problem.ts'
import type { Refusal } from './auth-problem.ts'
import { CLIENT_IP_HEADER } from './auth.ts'
import type { Auth } from './auth.ts'
import { askAuth, worstOf } from './failures.ts'
import { mayEndSessions, tellEndedSessions } from './ended-sessions.ts'
import '@fastify/swagger'
import type { UnitOfWork } from '../context.ts'
import type { Tables } from '../tables.ts'
import type { Sessions } from './sessions.ts'

/**
 * What is answered of Better Auth, with the fields of its bodies. Left out is what nobody needs, such as
 * `verify-password`, at which a stolen session could guess; and `update-user`: the profile is changed under /api/v1/me,
 * where reminders follow a new time zone.
 */
const OPEN = new Map<string, readonly string[] | null>([
  // Looked at where their contents are.
  ['/api/auth/sign-up/email', null],
  ['/api/auth/sign-in/email', ['email', 'password', 'rememberMe', 'callbackURL']],
  ['/api/auth/sign-out', []],
  ['/api/auth/get-session', []],
  ['/api/auth/list-sessions', []],
  ['/api/auth/revoke-session', ['token']],
  ['/api/auth/revoke-sessions', []],
  ['/api/auth/revoke-other-sessions', []],
  ['/api/auth/request-password-reset', ['email']],
  ['/api/auth/reset-password', ['newPassword', 'token']],
  ['/api/auth/send-verification-email', ['email']],
  ['/api/auth/verify-email', []],
  ['/api/auth/change-password', ['currentPassword', 'newPassword', 'revokeOtherSessions']],
  ['/api/auth/change-email', ['newEmail', 'password']],
  ['/api/auth/delete-user', ['password', 'callbackURL', 'token']],
])

const TAKEN_QUERIES = new Map<string, readonly string[]>([
  ['/api/auth/reset-password', []],
  ['/api/auth/verify-email', ['token']],
])

/** Every body that is taken here is flat; one level more is refused with the name of its field. */
const MAX_LEVELS = 2

/** Hands what is open under /api/auth to Better Auth. */
export async function authRoutes(
  app: FastifyInstance,
  { isSignUpOpen, ...parts }: Parts & { isSignUpOpen: boolean },
): Promise<void> {
  app.setErrorHandler(sendAuthProblem)
  app.get('/api/auth/sign-up', { schema: { hide: true } }, async () => ({ isOpen: isSignUpOpen }))
  app.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    schema: { hide: true },
    handler: async (request, reply) => {
      const fields = OPEN.get(pathOf(request))
      if (fields === undefined) throw notFound('address')
      if (fields) refuseUnknown(request.body, fields)
      refuseQuery(request)
      if (isDeeperThan(request.body, MAX_LEVELS))
        throw invalidField('body', `must be nested ${MAX_LEVELS} levels deep at most`)
      const unkeepable = pathOfUnkeepableText(request.body)
      if (unkeepable !== null) throw invalidField(unkeepable, UNKEEPABLE)
      const { result, failures } = await askForgetting(parts, request)
      return sendWebResponse(reply, { request, db: parts.unitOfWork.db, response: result, failures })
    },
  })
}

interface Parts {
  auth: Auth
  sessions: Sessions
  unitOfWork: UnitOfWork
}

/** Asks Better Auth. Before anybody hears what came of it, nothing is believed any more of sessions that may have ended. */
async function askForgetting(
  { auth, sessions, unitOfWork }: Parts,
  request: FastifyRequest,
): Promise<{ result: Response; failures: readonly Error[] }> {
  const asked = webRequest(request)
  if (request.method !== 'POST') return askAuth(() => auth.handler(asked))
  const { cookie } = request.headers
  // Asked before: afterwards the session may be gone. Signing out ends this one, a new password ends the others.
  const userId = await sessions.ownerOf(cookie)
  let endsSessions = userId !== undefined && mayEndSessions(pathOf(request))
  try {
    const answer = await askAuth(() => auth.handler(asked))
    endsSessions &&= answer.result.ok || answer.failures.length > 0
    return answer
  } finally {
    sessions.forget({ cookieHeader: cookie, userId })
    if (endsSessions) {
      await tellEndedSessions(unitOfWork, { userId: userId!, path: pathOf(request) }).catch((error: unknown) =>
        request.log.warn({ error: errorMessage(error) }, 'open streams were not told that their session has ended'),
      )
    }
  }
}

function refuseUnknown(body: unknown, fields: readonly string[]): void {
  const sent = typeof body === 'object' && body !== null && !Array.isArray(body) ? Object.keys(body) : []
  const errors = sent.filter((field) => !fields.includes(field)).map(unknownField)
  if (errors.length > 0) throw invalidFields(errors)
}

/** What Better Auth would read from the address as well: a token in the logs of every proxy, and where to go from here. */
function refuseQuery(request: FastifyRequest): void {
  const taken = TAKEN_QUERIES.get(pathOf(request))
  if (!taken) return
  const errors = Object.keys(request.query as object).filter((field) => !taken.includes(field))
  if (errors.length > 0) throw invalidFields(errors.map(unknownField))
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

interface Answered {
  request: FastifyRequest
  db: Kysely<Tables>
  response: Response
  failures: readonly Error[]
}

/** @throws what went wrong, where the answer follows from that, or cannot be relied on */
async function sendWebResponse(
  reply: FastifyReply,
  { request, db, response, failures }: Answered,
): Promise<FastifyReply> {
  const content = Buffer.from(await response.arrayBuffer())
  const refusal = { ...saidIn(content), status: response.status }
  const isTaken = refusal.code === 'FAILED_TO_CREATE_USER' && (await hasAccount(db, request.body))
  const failure = worstOf(failures)
  // What went wrong beside something that was done is for the log, but for a database that went away in the middle.
  if (failure && !isTaken && (!response.ok || isUnavailable(failure))) throw failure
  for (const err of failures) request.log.warn({ err }, 'something went wrong beside what was asked for')
  reply.code(response.status).header('cache-control', 'no-store')
  for (const [name, value] of response.headers) {
    if (name !== 'set-cookie' && name !== 'content-length') reply.header(name, value)
  }
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  if (response.status < 400) return reply.send(content)
  if (response.status >= 500) request.log.error({ status: response.status, said: content.toString() }, 'auth failed')
  const retryAfter = response.headers.get('x-retry-after')
  if (retryAfter !== null) reply.header('retry-after', retryAfter)
  const isGone = refusal.code === 'CREDENTIAL_ACCOUNT_NOT_FOUND'
  const told = isTaken ? TAKEN : isGone ? GONE : refusal
  return sendProblemDocument(reply, authProblem(told, pathOf(request), request.id))
}

/** An account without a password is one that was deleted while its session was looked at. */
const GONE: Refusal = { status: 401, code: 'UNAUTHORIZED', message: 'Sign in first: this account is gone.' }

const TAKEN: Refusal = {
  status: 422,
  code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL',
  message: 'User already exists. Use another email.',
}

/** Who signs up with the address of another who does so at the same moment is only told that it failed. */
async function hasAccount(db: Kysely<Tables>, body: unknown): Promise<boolean> {
  const { email } = body as { email: string }
  const taken = await db.selectFrom('user').select('id').where('email', '=', email.toLowerCase()).executeTakeFirst()
  return taken !== undefined
}

function pathOf({ url }: FastifyRequest): string {
  return url.split('?', 1)[0]!
}

/** Better Auth answers errors in JSON, or with nothing. */
function saidIn(content: Buffer): Partial<Refusal> {
  const text = content.toString()
  return text.startsWith('{') ? (JSON.parse(text) as Partial<Refusal>) : {}
}
