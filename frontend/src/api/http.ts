import { ApiError } from './api-error.ts'
import { forgetEarly, takeEarly } from './early.ts'
import { newId } from './new-id.ts'

/** Names this tab in what it changes, so that it can tell its own changes from others' on the live stream. */
const clientId = newId()

/** On a line that died without a word nothing would ever come back. */
const PATIENCE_MS = 30_000

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

export interface RequestOptions {
  body?: unknown
  /** Sent instead of JSON, byte for byte: the server finds out how its text is written. */
  file?: { content: Blob; type: string }
  /** What is answered is no JSON. */
  isText?: boolean
  query?: Readonly<Record<string, string | number | undefined>>
  ifMatch?: number | undefined
  /** Names the one change; a repeated POST with the same name happens once. */
  mutationId?: string | undefined
  signal?: AbortSignal | undefined
}

export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options)
  const text = await response.text()
  if (method !== 'GET' || !response.ok) forgetEarly()
  if (!response.ok) throw toError(response, text)
  return (options.isText ? text : text === '' ? undefined : JSON.parse(text)) as T
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const body = options.file?.content ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  const url = path + queryString(options.query)
  try {
    const early = method === 'GET' ? takeEarly(url) : undefined
    if (early) return await early
    return await fetch(url, {
      method,
      headers: headersOf(method, options, body !== undefined),
      signal: patient(options),
      ...(body === undefined ? {} : { body }),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, { code: 'offline', title: 'The server cannot be reached.' })
  }
}

function patient({ signal, file }: RequestOptions): AbortSignal | null {
  // A file takes as long as it takes.
  if (file) return signal ?? null
  const limit = AbortSignal.timeout(PATIENCE_MS)
  return signal ? AbortSignal.any([signal, limit]) : limit
}

function headersOf(method: Method, options: RequestOptions, hasBody: boolean): Headers {
  const headers = new Headers({ accept: 'application/json' })
  if (hasBody) headers.set('content-type', options.file?.type ?? 'application/json')
  if (method === 'GET') return headers
  const mutationId = options.mutationId ?? newId()
  headers.set('x-client-id', clientId)
  headers.set('x-mutation-id', mutationId)
  if (method === 'POST') headers.set('idempotency-key', mutationId)
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`)
  return headers
}

function queryString(query: RequestOptions['query'] = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

function toError(response: Response, text: string): ApiError {
  const retryAfter = response.headers.get('retry-after') ?? response.headers.get('x-retry-after')
  return new ApiError(response.status, parseProblem(text), retryAfter === null ? null : Number(retryAfter))
}

function parseProblem(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? { ...body } : {}
  } catch {
    return { title: 'The server is not answering as it should. Try again in a moment.' }
  }
}
