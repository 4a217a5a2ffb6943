import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Problem } from '@todo/model/api'
import { AppError } from '@todo/platform/errors'
import type { FieldError, ProblemCode } from '@todo/platform/errors'
import { problemDocument, sendProblemDocument, takeProblem } from '@todo/platform/http/problem'

/** What Better Auth says, and its client reads: a code of its own and a message. */
export interface Refusal {
  status: number
  code?: string
  message?: string
  /** Where we refused ourselves. */
  errors?: FieldError[]
}

const BY_STATUS: Record<number, ProblemCode> = {
  400: 'invalid-request',
  401: 'not-signed-in',
  403: 'forbidden',
  404: 'not-found',
  422: 'conflict',
  429: 'too-many-requests',
  503: 'unavailable',
}

const WORDS: Partial<Record<ProblemCode, string>> = {
  'not-found': 'There is no such address, or it is not yours to see.',
  'too-many-requests': 'Too many tries: wait for as many seconds as Retry-After says.',
  unavailable: 'This is not possible right now. Try again in a moment.',
  internal: 'The mistake is ours. Try again, and tell us the trace id if it stays.',
}

/** A problem document with the message where Better Auth's client looks for it. */
interface AuthProblem extends Problem {
  message: string
}

/** A refusal of Better Auth as a problem document that names the field, with the `code` and `message` of its own. */
export function authProblem(refusal: Refusal, path: string, traceId: string): AuthProblem {
  const { code, status } = refusal
  const kind = BY_STATUS[status] ?? (status >= 500 ? 'internal' : 'invalid-request')
  const errors = refusal.errors ?? fieldErrors(refusal, path)
  const said = errors.map(({ field, message }) => `${field} ${message}`).join('; ')
  const detail = said || (code !== 'TOO_MANY_LINKS' && WORDS[kind]) || (refusal.message ?? 'This is not allowed.')
  const problem = problemDocument(new AppError(kind, detail, errors.length > 0 ? { errors } : {}), traceId)
  return { ...problem, status, code: code ?? problem.code, message: refusal.message ?? detail }
}

/** The same for what was refused before Better Auth heard of it. */
export function sendAuthProblem(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = problemDocument(takeProblem(error, request, reply), request.id)
  const document: AuthProblem = { ...problem, message: problem.detail! }
  return sendProblemDocument(reply, document)
}

function fieldErrors({ code = '', message = '' }: Refusal, path: string): FieldError[] {
  if (code === 'VALIDATION_ERROR') return validationErrors(message)
  const known = FIELDS[code]
  if (!known) return []
  const renamed = NAMED_OTHERWISE.find(([paths]) => paths.test(path))?.[1][code]
  return [{ ...known, ...(renamed && { field: renamed }) }]
}

const FIELDS: Readonly<Record<string, FieldError>> = {
  INVALID_EMAIL: { field: 'email', message: 'must be an e-mail address' },
  INVALID_PASSWORD: { field: 'password', message: 'is not the password of this account' },
  SAME_EMAIL: { field: 'newEmail', message: 'is the address of this account already' },
  PASSWORD_NEEDED: { field: 'password', message: 'is missing' },
  PASSWORD_TOO_LONG: { field: 'password', message: 'must be at most 200 characters' },
  PASSWORD_TOO_SHORT: { field: 'password', message: 'must be at least 8 characters' },
  USER_ALREADY_EXISTS: { field: 'email', message: 'has an account already: sign in, or use another' },
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: { field: 'email', message: 'has an account already: sign in, or use another' },
}

/** Where the same is sent under other names. */
const NAMED_OTHERWISE: readonly [RegExp, Readonly<Record<string, string>>][] = [
  [
    /\/(change|reset)-password$/,
    { INVALID_PASSWORD: 'currentPassword', PASSWORD_TOO_LONG: 'newPassword', PASSWORD_TOO_SHORT: 'newPassword' },
  ],
  [/\/change-email$/, { INVALID_EMAIL: 'newEmail' }],
]

/** `[body.email] Invalid input: expected string, received undefined; [body.name] …`, each field once. */
function validationErrors(message: string): FieldError[] {
  const found = message.matchAll(/\[body\.?([^\]]*)\] (.*?)(?=; \[body|$)/gs)
  const errors = [...found].map(([, field, what]) => ({ field: field || 'body', message: inOurWords(what ?? '') }))
  return [...Map.groupBy(errors, ({ field }) => field).values()].map(([first]) => first!)
}

function inOurWords(what: string): string {
  if (what.endsWith('received undefined')) return 'is missing'
  const expected = /expected (\w+)/.exec(what)?.[1]
  if (expected) return `must be ${expected === 'object' ? 'an' : 'a'} ${expected}`
  return /email/i.test(what) ? 'must be an e-mail address' : `is not right: ${what}`
}
