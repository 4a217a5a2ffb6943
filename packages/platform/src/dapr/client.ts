import { AppError, errorMessage } from '../errors.ts'

export interface SidecarAddress {
  port: number
  /** Shown with every request. */
  token: string
}

export interface SidecarRequest {
  method: 'GET' | 'POST' | 'DELETE'
  /** After the host, with the version of the API. */
  path: string
  headers?: Record<string, string>
  body?: string
  signal?: AbortSignal
}

/** Longer than the sidecar's own limits, so that it is the one who says what went wrong. */
const ANSWER_MS = 12_000

/** The sidecar of this process, over plain HTTP; connections stay open between requests. */
export class DaprClient {
  readonly base: string
  readonly #token: string

  constructor({ port, token }: SidecarAddress) {
    this.base = `http://127.0.0.1:${port}`
    this.#token = token
  }

  get authorization(): Record<string, string> {
    return { 'dapr-api-token': this.#token }
  }

  /** @throws AppError `unavailable` when there is no answer, or not in time */
  async request({
    path,
    signal = AbortSignal.timeout(ANSWER_MS),
    headers,
    ...init
  }: SidecarRequest): Promise<Response> {
    try {
      return await fetch(`${this.base}${path}`, { ...init, signal, headers: { ...headers, ...this.authorization } })
    } catch (error) {
      throw new AppError('unavailable', `The sidecar does not answer: ${reasonOf(error)}`, { cause: error })
    }
  }

  /** @throws AppError with what the sidecar says, unless it says that it worked: `unavailable` when it may yet */
  async send(request: SidecarRequest): Promise<Response> {
    const response = await this.request(request)
    if (response.ok) return response
    throw refusal(response.status, await response.text().catch(errorMessage))
  }
}

/** What is asked can never be done: it is malformed, or too large. */
const NEVER = new Set([400, 413, 422])

/** What the sidecar says instead of doing it. Unless it is what was asked that is wrong, it can be another one next time. */
export function refusal(status: number, told: string): AppError {
  return new AppError(
    NEVER.has(status) ? 'internal' : 'unavailable',
    `The sidecar answers ${status}: ${told.slice(0, 1_000)}`,
  )
}

/** `fetch failed` says nothing: the reason is behind it. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown }
  return errorMessage(cause ?? error)
}
