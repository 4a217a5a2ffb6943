import type { Problem } from '@todo/model/api'

/** An answer that was not the one asked for. `status` 0: no answer came at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: readonly { field: string; message: string }[]
  /** The state on the server where a version did not match. */
  readonly current: unknown
  readonly retryAfterSeconds: number | null

  constructor(status: number, problem: Partial<Problem>, retryAfterSeconds: number | null = null) {
    super(problem.detail ?? problem.title ?? 'Something went wrong on our side. Try again in a moment.')
    this.name = 'ApiError'
    this.status = status
    this.code = problem.code ?? 'unknown'
    this.fields = problem.errors ?? []
    this.current = problem.current
    this.retryAfterSeconds = retryAfterSeconds
  }

  get isOffline(): boolean {
    return this.status === 0
  }

  /** Whether the same request may succeed later without being changed. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

/** One or two sentences for a person: what happened, and what to do. */
export function describeError(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something unexpected happened. Reload the page if it stays.'
  if (error.isOffline) return 'The server cannot be reached. Check your connection and try again.'
  if (isUnauthorized(error)) return 'Your session has ended. Sign in and do it again.'
  if (error.status === 429) return `Too many requests. Try again ${describeWait(error.retryAfterSeconds)}.`
  const [first] = error.fields
  // The body is all of what was sent: of it the message itself speaks.
  if (!first || first.field === 'body') return error.message
  const { field, message } = first
  const sentence = /^\p{Lu}/u.test(message) ? message : `${lastPart(field)} ${message}`
  return /[.!?]$/u.test(sentence) ? sentence : `${sentence}.`
}

/** When to try again, in words: `in 45 seconds`. */
export function describeWait(seconds: number | null): string {
  if (seconds === null) return 'in a minute'
  if (seconds < 90) return `in ${Math.max(1, Math.ceil(seconds))} seconds`
  return `in ${Math.ceil(seconds / 60)} minutes`
}

function lastPart(path: string): string {
  const name = path.split('.').at(-1) ?? path
  return name.charAt(0).toUpperCase() + name.slice(1)
}
