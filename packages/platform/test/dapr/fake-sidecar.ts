import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { onTestFinished } from 'vitest'
import { DaprClient } from '@todo/platform/dapr/client'

export const TOKENS = { dapr: 'shown-to-the-sidecar', app: 'shown-by-the-sidecar' }

export interface SeenRequest {
  method: string
  path: string
  headers: Record<string, unknown>
  body: any
}

export interface FakeAnswer {
  status: number
  body?: unknown
  headers?: Record<string, string>
}

interface FakeOptions {
  /** Of the component that carries events. */
  capabilities?: string[]
  /** That it knows of; it tells none when it knows none. */
  subscriptions?: { pubsubname: string; topic: string }[]
}

/** Looks like a sidecar to the adapters: keeps what they ask, and answers as a test wants it. Gone after the test. */
export async function startFakeSidecar(
  answer: (request: SeenRequest) => FakeAnswer = () => ({ status: 204 }),
  { capabilities = ['BULK_PUBSUB'], subscriptions }: FakeOptions = {},
) {
  const requests: SeenRequest[] = []
  const app = fastify({ bodyLimit: 16 * 1024 * 1024 })
  app.addContentTypeParser('application/cloudevents+json', { parseAs: 'string' }, (_request, text, done) =>
    done(null, JSON.parse(text as string)),
  )
  app.get('/v1.0/metadata', () => ({ components: [{ name: 'events', capabilities }], subscriptions }))
  app.all('/*', async ({ method, url, headers, body }, reply) => {
    const request = { method, path: url, headers, body }
    requests.push(request)
    const { status, body: told, headers: fields = {} } = answer(request)
    return reply.status(status).headers(fields).send(told)
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => app.close())
  const { port } = app.server.address() as AddressInfo
  return { port, requests, client: new DaprClient({ port, token: TOKENS.dapr }) }
}
