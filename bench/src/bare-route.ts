import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'

export interface BareRoute {
  url: string
  stop: () => void
}

/** A server in a process of its own with one route that answers these bytes: no session, no database, no rules. */
export async function startBareRoute(body: string): Promise<BareRoute> {
  const child = fork(fileURLToPath(import.meta.url), ['serve'])
  const url = new Promise<string>((resolve) =>
    child.once('message', (port: number) => resolve(`http://127.0.0.1:${port}`)),
  )
  child.send(body)
  return { url: await url, stop: () => child.kill() }
}

async function serve(body: string): Promise<void> {
  const app = fastify()
  const handler = (
    _request: unknown,
    reply: { header: (name: string, value: string) => { send: (body: string) => unknown } },
  ) => reply.header('content-type', 'application/json; charset=utf-8').send(body)
  app.get('/*', handler)
  app.post('/*', handler)
  await app.listen({ port: 0, host: '127.0.0.1' })
  process.send!((app.server.address() as AddressInfo).port)
}

if (process.argv[2] === 'serve') process.once('message', (body) => void serve(String(body)))
