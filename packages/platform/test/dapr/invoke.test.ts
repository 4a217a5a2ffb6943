import { PassThrough } from 'node:stream'
import type { AddressInfo, Socket } from 'node:net'
import fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { DaprClient } from '@todo/platform/dapr/client'
import { DaprInvoke } from '@todo/platform/dapr/invoke'
import { freePort } from '@todo/platform/free-port'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startFakeSidecar } from './fake-sidecar.ts'

const away = new DaprClient({ port: await freePort(), token: 'shown-to-the-sidecar' })

test('a call goes to the service of that name, with query, headers and body', async () => {
  const { client, requests } = await startFakeSidecar(() => ({ status: 200, body: { entries: [] } }))
  const invoke = new DaprInvoke({ client, streamAddresses: {} })
  const request = { method: 'POST', path: '/echo?a=1', body: { b: [2] }, headers: { 'x-asked': 'yes' } } as const
  expect(await invoke.call('audit', request)).toEqual({ status: 200, body: { entries: [] } })
  expect(requests[0]).toMatchObject({ path: '/v1.0/invoke/audit/method/echo?a=1', body: { b: [2] } })
  expect(requests[0]?.headers['x-asked']).toBe('yes')
})

test('what the service answers is passed on, also when it refuses', async () => {
  const problem = { type: 'about:blank', status: 404, code: 'not-found' }
  const headers = { 'content-type': 'application/problem+json' }
  const { client } = await startFakeSidecar(() => ({ status: 404, body: JSON.stringify(problem), headers }))
  const invoke = new DaprInvoke({ client, streamAddresses: {} })
  expect(await invoke.call('audit', { method: 'GET', path: '/x' })).toEqual({ status: 404, body: problem })
})

test('a service that cannot be reached is told as such, with nothing of how it is reached', async () => {
  const told = { errorCode: 'ERR_DIRECT_INVOKE', message: 'failed to invoke audit at 10.0.0.7' }
  const { client } = await startFakeSidecar(() => ({ status: 500, body: told }))
  const message = 'The service audit cannot be reached right now.'
  for (const sidecar of [client, away]) {
    const invoke = new DaprInvoke({ client: sidecar, streamAddresses: {} })
    const error = await invoke.call('audit', { method: 'GET', path: '/x' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'unavailable', message })
  }
})

/** The realtime service, with one stream. */
async function startStream() {
  const source = new PassThrough()
  const app = fastify()
  app.get('/stream', (request, reply) =>
    reply
      .header('content-type', 'text/event-stream')
      .header('x-asked', request.headers['x-asked'] ?? '')
      .send(source),
  )
  app.get('/refused', (_request, reply) => reply.status(429).send('too many'))
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    app.server.closeAllConnections()
    await app.close()
  })
  const realtime = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  return { source, app, realtime, invoke: new DaprInvoke({ client: away, streamAddresses: { realtime: [realtime] } }) }
}

const decoder = new TextDecoder()

test('a stream arrives piece by piece, as it is written, with status and headers', async () => {
  const { source, invoke } = await startStream()
  source.write('data: 1\n\n')
  const headers = { 'x-asked': 'yes' }
  const stream = await invoke.stream('realtime', { method: 'GET', path: '/stream', headers })
  expect(stream.status).toBe(200)
  expect(stream.headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-asked': 'yes' })
  const pieces = stream.body[Symbol.asyncIterator]()
  const read = async () => decoder.decode((await pieces.next()).value as Uint8Array)
  expect(await read()).toBe('data: 1\n\n')
  source.write('data: 2\n\n')
  expect(await read()).toBe('data: 2\n\n')
  source.end()
  expect((await pieces.next()).done).toBe(true)
  expect((await invoke.stream('realtime', { method: 'GET', path: '/refused' })).status).toBe(429)
})

test('a reader who goes ends the stream for the service', async () => {
  const { source, invoke } = await startStream()
  source.write('first')
  const { body } = await invoke.stream('realtime', { method: 'GET', path: '/stream' })
  body.destroy()
  await pollUntil(() => source.destroyed)
})

test('a stream that breaks, or that we end, ends for its reader in order', async () => {
  for (const how of ['breaks', 'is reset', 'is ended'] as const) {
    const { source, app, invoke } = await startStream()
    const sockets: Socket[] = []
    app.server.on('connection', (socket) => sockets.push(socket))
    source.write('first')
    const { body } = await invoke.stream('realtime', { method: 'GET', path: '/stream' })
    const pieces = body[Symbol.asyncIterator]()
    expect(decoder.decode((await pieces.next()).value as Uint8Array)).toBe('first')
    if (how === 'breaks') app.server.closeAllConnections()
    else if (how === 'is reset') for (const socket of sockets) socket.resetAndDestroy()
    else invoke.endStreams()
    expect((await pieces.next()).done).toBe(true)
  }
})

test('a stream of a service that is away is told as such', async () => {
  const realtime = `http://127.0.0.1:${await freePort()}`
  const invoke = new DaprInvoke({ client: away, streamAddresses: { realtime: [realtime] } })
  const error = await invoke.stream('realtime', { method: 'GET', path: '/' }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'unavailable', message: 'The service realtime cannot be reached right now.' })
})

/** A replica that answers a stream with this, or never. */
async function startReplica(answer: 'silent' | number): Promise<{ address: string; asked: () => number }> {
  const app = fastify()
  let asked = 0
  app.get('/stream', (_request, reply) => {
    asked += 1
    return answer === 'silent' ? new Promise(() => {}) : reply.status(answer).send('')
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(async () => {
    app.server.closeAllConnections()
    await app.close()
  })
  return { address: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, asked: () => asked }
}

test('a stream finds the replica that lives, whether another is gone, stops or is frozen', async () => {
  const lives = await startReplica(200)
  const gone = `http://127.0.0.1:${await freePort()}`
  const stops = await startReplica(503)
  const frozen = await startReplica('silent')
  for (const other of [gone, stops.address, frozen.address]) {
    const invoke = new DaprInvoke({ client: away, streamAddresses: { realtime: [other, lives.address] } })
    for (let time = 1; time <= 3; time += 1) {
      expect((await invoke.stream('realtime', { method: 'GET', path: '/stream' })).status).toBe(200)
    }
  }
  // Asked once, and not again as long as another answers.
  expect([stops.asked(), frozen.asked()]).toEqual([1, 1])
})

test('streams are shared among the replicas', async () => {
  const replicas = [await startReplica(200), await startReplica(200)]
  const realtime = replicas.map(({ address }) => address)
  const invoke = new DaprInvoke({ client: away, streamAddresses: { realtime } })
  for (let time = 1; time <= 4; time += 1) await invoke.stream('realtime', { method: 'GET', path: '/stream' })
  expect(replicas.map(({ asked }) => asked())).toEqual([2, 2])
})

test('what the last replica refuses is passed on', async () => {
  const realtime = [(await startReplica(503)).address, (await startReplica(503)).address]
  const invoke = new DaprInvoke({ client: away, streamAddresses: { realtime } })
  expect((await invoke.stream('realtime', { method: 'GET', path: '/stream' })).status).toBe(503)
})
