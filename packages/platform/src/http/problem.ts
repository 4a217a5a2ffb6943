import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Problem } from '@todo/model/api'
import { AppError, PROBLEMS, errorMessage, invalidFields } from '../errors.ts'
import type { FieldError, ProblemCode } from '../errors.ts'
import { isDiskFull, isUnavailable } from '../unavailable.ts'

/** Turns what zod found into one refusal that names every field and what would be right. */
export function invalidRequest(error: z.ZodError, part: string, value: unknown): AppError {
  return invalidFields(error.issues.flatMap((issue) => fieldErrors(issue, part, value)))
}

export function unknownField(field: string): FieldError {
  return { field, message: 'is not a field here' }
}

type Issue = z.core.$ZodIssue

function fieldErrors(issue: Issue, part: string, value: unknown): FieldError[] {
  const at = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField([...at, key].join('.')))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && !issue.message.startsWith('must')) {
    return issue.errors[0]!.flatMap((inner) =>
      fieldErrors({ ...inner, path: [...issue.path, ...inner.path] }, part, value),
    )
  }
  return [{ field: at.join('.') || part, message: messageOf(issue, valueAt(value, issue.path)) }]
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value)
}

/** Our own messages say what would be right; zod's for plain types are put into the same words. */
function messageOf(issue: Issue, value: unknown): string {
  if (/^(must|is|cannot)\b/.test(issue.message)) return issue.message
  if (value === undefined) return 'is missing'
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`
  // A sentence of zod's goes on in the middle of ours; BYDAY stays BYDAY.
  return `is not right: ${issue.message.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())}`
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`
}

const FASTIFY_CODES: Record<string, [ProblemCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'The body is larger than this address takes.'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'Send the body as application/json.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-request', 'The body is empty: send a JSON object.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-request', 'The body is not as long as Content-Length says.'],
}

/** What anything that was thrown means to the one who asked. */
function asAppError(error: FastifyError | Error): AppError {
  if (error instanceof AppError) return error
  const { code = '', statusCode = 500 } = error as Partial<FastifyError>
  const known = FASTIFY_CODES[code]
  if (known) return new AppError(known[0], known[1], { cause: error })
  if (isDiskFull(error)) {
    const detail =
      'The disk of the database is full, so that nothing can be saved: whoever runs this server has to free some space.'
    return new AppError('unavailable', detail, { cause: error })
  }
  if (isUnavailable(error)) {
    return new AppError('unavailable', 'The database cannot be reached right now. Try again in a moment.', {
      cause: error,
    })
  }
  if (error instanceof SyntaxError && statusCode === 400) {
    return new AppError('invalid-request', `The body is not valid JSON: ${error.message}`, { cause: error })
  }
  if (statusCode >= 400 && statusCode < 500) return new AppError('invalid-request', error.message, { cause: error })
  return new AppError(
    'internal',
    'The mistake is ours and has been logged. Try again, and tell us the trace id if it stays.',
    {
      cause: error,
    },
  )
}

/** The one place where an error becomes an answer: an RFC 9457 problem document, with nothing leaked. */
export function sendProblem(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblemDocument(reply, problemDocument(takeProblem(error, request, reply), request.id))
}

/** What an error is to be answered with. A failure of ours is logged; where a retry may help, it is said when. */
export function takeProblem(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): AppError {
  const problem = asAppError(error)
  if (problem.status >= 500)
    request.log.error({ err: error, code: problem.code, reason: errorMessage(error) }, 'request failed')
  if (PROBLEMS[problem.code].retry && !reply.hasHeader('retry-after')) reply.header('retry-after', '1')
  return problem
}

/** The document of a problem (RFC 9457 §3.1, with our members). */
export function problemDocument({ code, status, message, errors, current }: AppError, traceId: string): Problem {
  return {
    type: `https://todo-cloud.dev/problems/${code}`,
    title: PROBLEMS[code].title,
    status,
    detail: message,
    code,
    traceId,
    ...(errors ? { errors } : {}),
    ...(current === undefined ? {} : { current }),
  }
}

export function sendProblemDocument(reply: FastifyReply, document: Problem): FastifyReply {
  return reply
    .code(document.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .serializer(JSON.stringify)
    .send(document)
}
