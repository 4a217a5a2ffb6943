import { isSpanContextValid, ProxyTracerProvider, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import type { Attributes, Context, Span, SpanKind, TimeInput, Tracer } from '@opentelemetry/api'
import { errorMessage } from '../errors.ts'
import { formatTraceparent, newTraceparent, parseTraceparent, withTraceparent } from './trace-context.ts'

/** Traces nothing: its spans only pass on the trace of their parent. */
export const NO_TRACER: Tracer = new ProxyTracerProvider().getTracer('none')

export interface SpanOptions {
  name: string
  kind: SpanKind
  /** The `traceparent` of what caused it; a new trace when left out. */
  parent?: string | undefined
  attributes?: Attributes
  startTime?: TimeInput
}

export function startSpan(tracer: Tracer, { name, parent, ...options }: SpanOptions): Span {
  return tracer.startSpan(name, options, contextOf(parent))
}

function contextOf(traceparent: string | undefined): Context {
  const parent = parseTraceparent(traceparent)
  if (!parent) return ROOT_CONTEXT
  const { traceId, spanId, flags } = parent
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags, isRemote: true })
}

/** For what the span causes. Without tracing there is a trace all the same: log lines and events are found by it. */
export function traceparentOf(span: Span): string {
  const context = span.spanContext()
  if (!isSpanContextValid(context)) return newTraceparent()
  return formatTraceparent({ traceId: context.traceId, spanId: context.spanId, flags: context.traceFlags })
}

/** The trace of what caused it goes on; without one, a new trace begins. */
const goingOn = (parent: string | undefined): string => (parseTraceparent(parent) ? parent! : newTraceparent())

/** Does the work in a span of its own: what the work says and causes belongs to that. */
export async function inSpan<T>(
  tracer: Tracer,
  options: SpanOptions,
  work: (traceparent: string) => Promise<T>,
): Promise<T> {
  if (tracer === NO_TRACER) {
    const passedOn = goingOn(options.parent)
    return withTraceparent(passedOn, () => work(passedOn))
  }
  const span = startSpan(tracer, options)
  const traceparent = traceparentOf(span)
  try {
    return await withTraceparent(traceparent, () => work(traceparent))
  } catch (error) {
    failSpan(span, error)
    throw error
  } finally {
    span.end()
  }
}

export function failSpan(span: Span, error: unknown): void {
  span.recordException(error instanceof Error ? error : errorMessage(error))
  span.setStatus({ code: SpanStatusCode.ERROR, message: errorMessage(error) })
}
