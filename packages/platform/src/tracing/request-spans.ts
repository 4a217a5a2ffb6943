import { SpanKind } from '@opentelemetry/api'
import type { Span, Tracer } from '@opentelemetry/api'
import type { IncomingMessage } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { failSpan, startSpan, traceparentOf } from './span.ts'
import { newTraceparent, traceIdOf, withTraceparent } from './trace-context.ts'

/** Probes and scrapes come all day and tell nothing. */
const UNTRACED = /^\/(livez|readyz|metrics)\b/

/** A span for each request, in the trace of the caller when it names one; the trace's id is the request's id. */
export class RequestSpans {
  readonly #tracer: Tracer
  readonly #open = new WeakMap<IncomingMessage, { span: Span | null; traceparent: string }>()

  constructor(tracer: Tracer) {
    this.#tracer = tracer
  }

  /** For Fastify's `genReqId`. */
  readonly begin = (request: IncomingMessage): string => {
    const { traceparent: given } = request.headers
    const parent = traceIdOf(given) ? (given as string) : undefined
    const name = request.method ?? 'GET'
    const span = UNTRACED.test(request.url ?? '')
      ? null
      : startSpan(this.#tracer, { name, kind: SpanKind.SERVER, parent })
    const traceparent = span ? traceparentOf(span) : (parent ?? newTraceparent())
    this.#open.set(request, { span, traceparent })
    return traceIdOf(traceparent)!
  }

  mount(app: FastifyInstance): void {
    app.addHook('onRequest', (request, _reply, done) => {
      const { traceparent } = this.#open.get(request.raw) ?? { traceparent: newTraceparent() }
      withTraceparent(traceparent, done)
    })
    app.addHook('onError', async (request, _reply, error) => {
      const span = this.#open.get(request.raw)?.span
      if (span && (error.statusCode ?? 500) >= 500) failSpan(span, error)
    })
    app.addHook('onResponse', async (request, reply) => {
      const span = this.#open.get(request.raw)?.span
      const route = request.routeOptions.url ?? 'unknown'
      span?.updateName(`${request.method} ${route}`)
      span?.setAttributes({
        'http.request.method': request.method,
        'http.route': route,
        'http.response.status_code': reply.statusCode,
      })
      span?.end()
    })
  }
}
