import {
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  ProxyTracerProvider,
  ROOT_CONTEXT,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import type { Attributes, Span, SpanContext, SpanKind, TimeInput, Tracer } from '@opentelemetry/api'
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
  const context = spanContextOf(parent)
  // The span that it would answer, without what only a tracer reads: every event has some of these.
  if (tracer === NO_TRACER) return trace.wrapSpanContext(context ?? INVALID_SPAN_CONTEXT)
  return tracer.startSpan(name, options, context ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT)
}

function spanContextOf(traceparent: string | undefined): SpanContext | null {
  const parsed = parseTraceparent(traceparent)
  if (!parsed) return null
  const { traceId, spanId, flags } = parsed
  return { traceId, spanId, traceFlags: flags, isRemote: true }
}

/** For what the span causes. Without tracing there is a trace all the same: log lines and events are found by it. */
export function traceparentOf(span: Span): string {
  const context = span.spanContext()
  if (!isSpanContextValid(context)) return newTraceparent()
  return formatTraceparent({ traceId: context.traceId, spanId: context.spanId, flags: context.traceFlags })
}

/** Does the work in a span of its own: what the work says and causes belongs to that. */
export async function inSpan<T>(
  tracer: Tracer,
  options: SpanOptions,
  work: (traceparent: string) => Promise<T>,
): Promise<T> {
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
