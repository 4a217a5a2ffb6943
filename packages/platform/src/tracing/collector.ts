import { diag, DiagLogLevel } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { errorMessage } from '../errors.ts'
import type { Log } from '../log.ts'
import type { Tracing } from './tracing.ts'

const STOP_MS = 2_000

/** @param endpoint base address, such as `http://localhost:4318` */
export function openCollector(endpoint: string, log: Log): Tracing {
  const warn = (message: string) => log.warn({ message }, 'traces could not be sent')
  const ignore = () => {}
  diag.setLogger({ error: warn, warn: ignore, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.ERROR)
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`
  const providers = new Map<string, BasicTracerProvider>()
  const providerOf = (service: string) => {
    const resource = resourceFromAttributes({ 'service.name': service, 'service.namespace': 'todo-cloud' })
    const exporter = new OTLPTraceExporter({ url, timeoutMillis: STOP_MS })
    const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] })
    providers.set(service, provider)
    return provider
  }
  return {
    tracerOf: (service) => (providers.get(service) ?? providerOf(service)).getTracer('todo-cloud'),
    stop: async () => {
      const ends = [...providers.values()].map((provider) => provider.shutdown())
      for (const end of await Promise.allSettled(ends)) if (end.status === 'rejected') warn(errorMessage(end.reason))
    },
  }
}
