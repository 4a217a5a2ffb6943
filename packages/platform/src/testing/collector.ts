import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer, json } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface CollectedSpan {
  service: string
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
}

interface Resource {
  attributes: { key: string; value: { stringValue?: string } }[]
}

/** The JSON of OTLP/HTTP: opentelemetry-proto, `trace/v1/trace.proto`. */
interface TraceExport {
  resourceSpans: { resource: Resource; scopeSpans: { spans: CollectedSpan[] }[] }[]
}

export interface Collector {
  endpoint: string
  spans: CollectedSpan[]
  /** Exports in protobuf, as sidecars send them: unread. */
  binaries: Buffer[]
}

/** An OpenTelemetry collector that keeps the spans it is sent; gone after the test. */
export async function startCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = []
  const binaries: Buffer[] = []
  const server = createServer(async (request, response) => {
    const type = request.headers['content-type'] ?? ''
    if (type.includes('json')) spans.push(...spansOf((await json(request)) as TraceExport))
    else binaries.push(await buffer(request))
    response.writeHead(200, { 'content-type': type }).end(type.includes('json') ? '{}' : '')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, binaries }
}

function spansOf({ resourceSpans }: TraceExport): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? ''
    return scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service })))
  })
}
