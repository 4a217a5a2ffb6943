import type { ServiceName } from './service.ts'

export interface InvokeRequest {
  method: 'GET' | 'POST'
  /** Path and query string. */
  path: string
  body?: unknown
  headers?: Record<string, string>
}

export interface InvokeAnswer {
  status: number
  body: unknown
}

export interface InvokeStream {
  status: number
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array> & { destroy: () => unknown }
}

/** A route of another service: `inject` in one process, Dapr service invocation in the distributed mode. */
export interface Invoke {
  call: (service: ServiceName, request: InvokeRequest) => Promise<InvokeAnswer>
  /** For an answer that does not end, such as server-sent events. */
  stream: (service: ServiceName, request: InvokeRequest) => Promise<InvokeStream>
}
