import type { FastifyInstance } from 'fastify'
import { Histogram } from 'prom-client'
import type { Registry } from 'prom-client'

const FAILED_FROM = 500
const REFUSED_FROM = 400

/** Measures what people ask (`/api/…`), in three outcomes: `failed` is our fault (5xx), `refused` theirs (4xx). */
export function measureRequests(app: FastifyInstance, registry: Registry): void {
  const seconds = new Histogram({
    name: 'todo_http_request_seconds',
    help: 'Time to answer a request of a person; live streams are left out, which do not end',
    labelNames: ['outcome'],
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5, 30],
    registers: [registry],
  })
  app.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith('/api/')) return
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) return
    seconds.observe({ outcome: outcomeOf(reply.statusCode) }, reply.elapsedTime / 1_000)
  })
}

function outcomeOf(status: number): 'answered' | 'refused' | 'failed' {
  if (status >= FAILED_FROM) return 'failed'
  return status >= REFUSED_FROM ? 'refused' : 'answered'
}
