import type { FastifyInstance } from 'fastify'
import type { Health } from '../readiness.ts'

export interface OperationRoutes {
  isStopping: () => boolean
  health: () => Promise<Health>
  metrics: () => Promise<string>
}

/** What whoever runs the process asks it: does it live, may it get requests, how is it doing. */
export function mountOperationRoutes(app: FastifyInstance, { isStopping, health, metrics }: OperationRoutes): void {
  app.get('/livez', { schema: { hide: true } }, () => ({ status: 'ok' }))

  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const parts = isStopping() ? { process: 'stopping' } : await health()
    const isReady = Object.values(parts).every((problem) => problem === null)
    const described = Object.fromEntries(Object.entries(parts).map(([name, problem]) => [name, problem ?? 'ok']))
    return reply
      .status(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ok' : 'degraded', parts: described })
  })

  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(await metrics()),
  )
}
