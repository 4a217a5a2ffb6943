import { once } from 'node:events'
import { request as openRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { AppError } from '../errors.ts'
import type { Invoke, InvokeAnswer, InvokeRequest, InvokeStream } from '../invoke.ts'
import type { ServiceName } from '../service.ts'
import type { DaprClient } from './client.ts'
import { StreamAddresses } from './stream-addresses.ts'

export interface DaprInvokeOptions {
  client: DaprClient
  /** Where the replicas of services answer streams, past their sidecars: any of them will do. */
  streamAddresses: Partial<Record<ServiceName, readonly string[]>>
}

const ANSWER_MS = 5_000
/** A replica that is frozen takes a connection and says nothing: another one is asked then. */
const NEXT_REPLICA_MS = 1_500
const UNAVAILABLE = 503

/**
 * Calls go from sidecar to sidecar. Streams go straight to the service: a sidecar (1.16) gathers a whole answer before
 * it passes it on, and an answer that does not end never comes.
 */
export class DaprInvoke implements Invoke {
  readonly #client: DaprClient
  readonly #streamAddresses: ReadonlyMap<string, StreamAddresses>
  readonly #ends = new Set<() => void>()

  constructor({ client, streamAddresses }: DaprInvokeOptions) {
    this.#client = client
    const entries = Object.entries(streamAddresses).map(
      ([service, some]) => [service, new StreamAddresses(some)] as const,
    )
    this.#streamAddresses = new Map(entries)
  }

  async call(service: ServiceName, { method, path, body, headers }: InvokeRequest): Promise<InvokeAnswer> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) }
    const fields = { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const to = `/v1.0/invoke/${service}/method${path}`
    const asked = this.#client.request({ method, path: to, headers: fields, ...content })
    const { ok, status, headers: told, text } = await asked.catch(away(service))
    const isJson = /\bjson\b/.test(String(told['content-type'] ?? ''))
    const answer = isJson && text !== '' ? (JSON.parse(text) as unknown) : text
    if (!ok && isSidecarError(answer)) return away(service)(answer)
    return { status, body: answer }
  }

  async stream(service: ServiceName, request: InvokeRequest): Promise<InvokeStream> {
    const addresses = this.#streamAddresses.get(service)
    if (!addresses) throw new Error(`There is no address for streams of ${service}`)
    const response = await answerOfAny(addresses, request).catch(away(service))
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

/** Of the first replica that answers and does not stop just now. @throws what was wrong with the last one */
async function answerOfAny(addresses: StreamAddresses, request: InvokeRequest): Promise<IncomingMessage> {
  const inTurn = addresses.inTurn()
  for (const [index, address] of inTurn.entries()) {
    const isLast = index === inTurn.length - 1
    try {
      const response = await answerOf(new URL(request.path, address), request, isLast ? ANSWER_MS : NEXT_REPLICA_MS)
      if (isLast || response.statusCode !== UNAVAILABLE) {
        addresses.answered(address)
        return response
      }
      response.destroy()
    } catch (error) {
      if (isLast) throw error
    }
    addresses.failed(address)
  }
  throw new Error('there is no address')
}

async function answerOf(url: URL, { method, headers = {} }: InvokeRequest, ms: number): Promise<IncomingMessage> {
  const request = openRequest(url, { method, headers })
  // Once it is answered, `once` listens no more, and a connection that is reset tells the request too.
  request.on('error', () => undefined)
  const timer = setTimeout(() => request.destroy(new Error(`no answer within ${ms} ms`)), ms)
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
