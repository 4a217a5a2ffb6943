import { PassThrough } from 'node:stream'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { EmbeddedInvoke } from '@todo/platform/embedded/invoke'
import { pollUntil } from '@todo/platform/testing/poll-until'

const decoder = new TextDecoder()

test('a call reaches the route of the other service, with query, headers and body', async () => {
  const app = fastify()
  app.post('/echo', (request) => ({ query: request.query, body: request.body, asked: request.headers['x-asked'] }))
  const invoke = new EmbeddedInvoke(new Map([['audit', app]]))
  const request = { method: 'POST', path: '/echo?a=1', body: { b: [2] }, headers: { 'x-asked': 'yes' } } as const
  expect(await invoke.call('audit', request)).toEqual({
    status: 200,
    body: { query: { a: '1' }, body: { b: [2] }, asked: 'yes' },
  })
  expect((await invoke.call('audit', { method: 'GET', path: '/nowhere' })).status).toBe(404)
  await expect(invoke.call('realtime', { method: 'GET', path: '/' })).rejects.toThrow('realtime does not run here')
})

test('a stream arrives piece by piece, as it is written', async () => {
  const source = new PassThrough()
  const app = fastify()
  app.get('/stream', (_request, reply) => reply.header('content-type', 'text/event-stream').send(source))
  const invoke = new EmbeddedInvoke(new Map([['realtime', app]]))
  source.write('data: 1\n\n')
  const { status, headers, body } = await invoke.stream('realtime', { method: 'GET', path: '/stream' })
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/event-stream' })
  const pieces = body[Symbol.asyncIterator]()
  const read = async () => decoder.decode((await pieces.next()).value as Uint8Array)
  expect(await read()).toBe('data: 1\n\n')
  source.write('data: 2\n\n')
  expect(await read()).toBe('data: 2\n\n')
  source.end()
  expect((await pieces.next()).done).toBe(true)
})

test('a reader who goes ends the stream for the service too, however that writes it', async () => {
  const source = new PassThrough()
  source.write('first')
  const closed: string[] = []
  const app = fastify()
  app.get('/sent', (request, reply) => {
    request.raw.on('close', () => closed.push('request'))
    return reply.send(source)
  })
  app.get('/hijacked', (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200).write('first')
    reply.raw.on('close', () => closed.push('response'))
  })
  const invoke = new EmbeddedInvoke(new Map([['realtime', app]]))
  const sent = await invoke.stream('realtime', { method: 'GET', path: '/sent' })
  const hijacked = await invoke.stream('realtime', { method: 'GET', path: '/hijacked' })
  sent.body.destroy()
  hijacked.body.destroy()
  await pollUntil(() => source.destroyed && closed.includes('request') && closed.includes('response'))
})
