import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
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

/** An OpenTelemetry collector that keeps the spans it is sent; gone after the test. */
export async function startCollector(): Promise<{ endpoint: string; spans: CollectedSpan[] }> {
  const spans: CollectedSpan[] = []
  const server = createServer(async (request, response) => {
    const { resourceSpans } = (await json(request)) as TraceExport
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? ''
      spans.push(...scopeSpans.flatMap((scope) => scope.spans.map((span) => ({ ...span, service }))))
    }
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans }
}
