import { once } from 'node:events'
import { request as openRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { AppError } from '../errors.ts'
import type { Invoke, InvokeAnswer, InvokeRequest, InvokeStream } from '../invoke.ts'
import type { ServiceName } from '../service.ts'
import type { DaprClient } from './client.ts'

export interface DaprInvokeOptions {
  client: DaprClient
  /** Where services answer streams, past their sidecars. */
  streamAddresses: Partial<Record<ServiceName, string>>
}

const ANSWER_MS = 5_000

/**
 * Calls go from sidecar to sidecar. Streams go straight to the service: a sidecar (1.16) gathers a whole answer before
 * it passes it on, and an answer that does not end never comes.
 */
export class DaprInvoke implements Invoke {
  readonly #client: DaprClient
  readonly #streamAddresses: DaprInvokeOptions['streamAddresses']
  readonly #ends = new Set<() => void>()

  constructor({ client, streamAddresses }: DaprInvokeOptions) {
    this.#client = client
    this.#streamAddresses = streamAddresses
  }

  async call(service: ServiceName, { method, path, body, headers }: InvokeRequest): Promise<InvokeAnswer> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    const fields = { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const to = `/v1.0/invoke/${service}/method${path}`
    const response = await this.#client.request({ method, path: to, headers: fields, ...content }).catch(away(service))
    const text = await response.text()
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
    const answer = isJson && text !== '' ? (JSON.parse(text) as unknown) : text
    if (!response.ok && isSidecarError(answer)) {
      return away(service)(answer)
    }
    return { status: response.status, body: answer }
  }

  async stream(service: ServiceName, { method, path, headers = {} }: InvokeRequest): Promise<InvokeStream> {
    const address = this.#streamAddresses[service]
    if (!address) throw new Error(`There is no address for streams of ${service}`)
    const response = await answerTo(new URL(path, address), method, headers).catch(away(service))
    const fields = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
    return {
      status: response.statusCode ?? 0,
      headers: Object.fromEntries(fields) as Record<string, string>,
      body: this.#follow(response),
    }
  }

  /** Ends every open stream, in order: whoever reads one comes again, and finds another replica. */
  endStreams(): void {
    for (const end of this.#ends) end()
  }

  /** Ends when the service does, however that happens; a reader who goes ends it for the service. */
  #follow(response: IncomingMessage): PassThrough {
    const body = new PassThrough()
    const end = () => {
      response.unpipe(body)
      body.end()
    }
    this.#ends.add(end)
    response.on('error', end).on('close', end).pipe(body)
    body.once('close', () => {
      this.#ends.delete(end)
      response.destroy()
    })
    return body
  }
}

function away(service: ServiceName): (cause: unknown) => never {
  return (cause) => {
    throw new AppError('unavailable', `The service ${service} cannot be reached right now.`, { cause })
  }
}

async function answerTo(url: URL, method: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const request = openRequest(url, { method, headers })
  const timer = setTimeout(() => request.destroy(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS)
  try {
    request.end()
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    return response
  } finally {
    clearTimeout(timer)
  }
}

/** The sidecar's own word, and not the service's. */
function isSidecarError(answer: unknown): boolean {
  const { errorCode } = (answer ?? {}) as { errorCode?: unknown }
  return typeof errorCode === 'string' && errorCode.startsWith('ERR_')
}
