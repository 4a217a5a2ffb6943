import type { FastifyInstance, InjectOptions } from 'fastify'
import type { Invoke, InvokeAnswer, InvokeRequest, InvokeStream } from '../invoke.ts'
import type { ServiceName } from '../service.ts'
import { currentTraceparent } from '../tracing/trace-context.ts'

/** Calls the routes of the other services in this process, without a network. */
export class EmbeddedInvoke implements Invoke {
  readonly #apps: ReadonlyMap<ServiceName, FastifyInstance>

  constructor(apps: ReadonlyMap<ServiceName, FastifyInstance>) {
    this.#apps = apps
  }

  async call(service: ServiceName, request: InvokeRequest): Promise<InvokeAnswer> {
    const answer = await this.#appOf(service).inject(injection(request))
    const isJson = /\bjson\b/.test(answer.headers['content-type'] ?? '')
    return { status: answer.statusCode, body: isJson ? answer.json<unknown>() : answer.payload }
  }

  async stream(service: ServiceName, request: InvokeRequest): Promise<InvokeStream> {
    const answer = await this.#appOf(service).inject({ ...injection(request), payloadAsStream: true })
    const { res } = answer.raw
    const body = answer.stream()
    // Unlike a socket, an injected response does not notice by itself that its reader has gone.
    body.once('close', () => {
      res.req.destroy()
      res.destroy()
    })
    const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
    return { status: answer.statusCode, headers: Object.fromEntries(headers) as Record<string, string>, body }
  }

  #appOf(service: ServiceName): FastifyInstance {
    const app = this.#apps.get(service)
    if (!app) throw new Error(`The service ${service} does not run here`)
    return app
  }
}

function injection({ method, path, headers = {}, body }: InvokeRequest): InjectOptions {
  const traceparent = currentTraceparent()
  return {
    method,
    url: path,
    headers: traceparent ? { traceparent, ...headers } : headers,
    ...(body === undefined ? {} : { payload: body as object }),
  }
}
