import { Pool } from 'undici'
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

export interface SidecarAnswer {
  /** 2xx. */
  ok: boolean
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** Its body; empty where there is none. */
  text: string
}

/** Longer than the sidecar's own limits, so that it is the one who says what went wrong. */
const ANSWER_MS = 12_000

/**
 * The sidecar of this process, over plain HTTP; connections stay open between requests. A request leaves in one write to
 * the socket, where `fetch` makes two or three, which are most of what it costs.
 */
export class DaprClient {
  readonly #token: string
  readonly #connections: Pool

  constructor({ port, token }: SidecarAddress) {
    this.#token = token
    this.#connections = new Pool(`http://127.0.0.1:${port}`)
  }

  /** @throws AppError `unavailable` when there is no answer, or not the whole of it in time */
  async request({
    path,
    signal = AbortSignal.timeout(ANSWER_MS),
    headers,
    ...rest
  }: SidecarRequest): Promise<SidecarAnswer> {
    const shown = { ...headers, 'dapr-api-token': this.#token }
    try {
      const answer = await this.#connections.request({ ...rest, path, signal, headers: shown })
      const { statusCode: status, headers: told, body } = answer
      return { ok: status >= 200 && status < 300, status, headers: told, text: await body.text() }
    } catch (error) {
      throw new AppError('unavailable', `The sidecar does not answer: ${errorMessage(error)}`, { cause: error })
    }
  }

  /** @throws AppError with what the sidecar says, unless it says that it worked: `unavailable` when it may yet */
  async send(request: SidecarRequest): Promise<SidecarAnswer> {
    const answer = await this.request(request)
    if (answer.ok) return answer
    throw refusal(answer.status, answer.text)
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
