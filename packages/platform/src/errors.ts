/** Every problem that we know by name: its HTTP status, its title, and whether the same request may succeed later. */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not valid', retry: false },
  'not-signed-in': { status: 401, title: 'Sign in first', retry: false },
  forbidden: { status: 403, title: 'This is not allowed', retry: false },
  'not-found': { status: 404, title: 'There is nothing here for you', retry: false },
  'request-timeout': { status: 408, title: 'The request took too long to arrive', retry: true },
  'version-conflict': { status: 409, title: 'Someone changed it in the meantime', retry: false },
  conflict: { status: 409, title: 'This does not fit the current state', retry: false },
  'too-large': { status: 413, title: 'The request is too large', retry: false },
  'unsupported-media-type': { status: 415, title: 'This kind of body is not understood here', retry: false },
  'expectation-failed': { status: 417, title: 'This expectation cannot be met', retry: false },
  'idempotency-mismatch': { status: 422, title: 'This Idempotency-Key was used for another request', retry: false },
  'too-many-requests': { status: 429, title: 'Too many requests', retry: true },
  'headers-too-large': { status: 431, title: 'The headers are too large', retry: false },
  internal: { status: 500, title: 'Something went wrong on our side', retry: true },
  unavailable: { status: 503, title: 'Not available right now', retry: true },
} as const

export type ProblemCode = keyof typeof PROBLEMS

export interface FieldError {
  /** Path of the field in the body or the query, such as `due.date`. */
  field: string
  message: string
}

interface AppErrorOptions {
  cause?: unknown
  errors?: FieldError[]
  /** The current state, for a person who tried to change an older one. */
  current?: unknown
}

/** A refusal with a name. Thrown where the rule is, turned into an RFC 9457 problem once, at the edge. */
export class AppError extends Error {
  readonly code: ProblemCode
  readonly errors: FieldError[] | undefined
  readonly current: unknown

  constructor(code: ProblemCode, message: string, { cause, errors, current }: AppErrorOptions = {}) {
    super(message, { cause })
    this.name = 'AppError'
    this.code = code
    this.errors = errors
    this.current = current
  }

  get status(): number {
    return PROBLEMS[this.code].status
  }
}

/** For someone else's and for missing things alike: the answer must not tell which. */
export function notFound(what: string): AppError {
  return new AppError('not-found', `There is no such ${what}, or it is not yours to see.`)
}

export function invalidField(field: string, message: string): AppError {
  return invalidFields([{ field, message }])
}

export function invalidFields(errors: FieldError[]): AppError {
  const detail = errors.map(({ field, message }) => `${field} ${message}`).join('; ')
  return new AppError('invalid-request', detail.slice(0, 2_000), { errors })
}

/** A failure that no retry can mend: the event goes to the dead letters at once. */
export class PermanentError extends Error {
  override name = 'PermanentError'
}

/** The message of anything that was thrown. */
export function errorMessage(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.map(errorMessage).join('; ')
  return error instanceof Error ? error.message : String(error)
}
