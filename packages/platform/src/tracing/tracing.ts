import type { Tracer } from '@opentelemetry/api'
import type { Log } from '../log.ts'
import { NO_TRACER } from './span.ts'

export interface Tracing {
  /** Each service is one in the traces too, when they share a process. */
  tracerOf: (service: string) => Tracer
  /** Sends what is left, and ends. */
  stop: () => Promise<void>
}

export const NO_TRACING: Tracing = { tracerOf: () => NO_TRACER, stop: async () => {} }

/**
 * Traces that go to an OpenTelemetry collector over OTLP/HTTP.
 * @param endpoint base address, such as `http://localhost:4318` (OTEL_EXPORTER_OTLP_ENDPOINT); undefined: no tracing
 */
export async function openTracing({ endpoint, log }: { endpoint: string | undefined; log: Log }): Promise<Tracing> {
  if (!endpoint) return NO_TRACING
  // An eighth of all modules, which a start without a collector does not wait for.
  const { openCollector } = await import('./collector.ts')
  return openCollector(endpoint, log)
}
