import { once } from 'node:events'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { createHttpApp } from '../../src/http/app.ts'
import { createLog } from '../../src/log.ts'

let app: FastifyInstance
let port: number
beforeAll(async () => {
  app = createHttpApp({ log: createLog('test', 'silent') })
  app.post('/things', async () => ({ ok: true }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
})
afterAll(() => app.close())

interface RawAnswer {
  status: number
  headers: string
  body: string
}

/** Sends these bytes, and reads until the server closes the line. */
async function say(text: string): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  // A server that has answered and closed does not read the rest.
  socket.on('error', () => undefined)
  socket.write(text)
  await once(socket, 'close')
  const answer = Buffer.concat(chunks).toString()
  const [head = '', body = ''] = answer.split('\r\n\r\n', 2)
  return { status: Number(/^HTTP\/1\.1 (\d+) /.exec(head)?.[1]), headers: head, body }
}

const HOST = 'Host: localhost\r\n'
const CLOSE = 'Connection: close\r\n'

test.each([
  ['headers that are too large', `GET / HTTP/1.1\r\n${HOST}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
  ['an address that is too long', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n${HOST}\r\n`, 431, 'headers-too-large'],
  ['what is no HTTP', 'hello there\r\n\r\n', 400, 'invalid-request'],
  ['a method that is none', `FETCH / HTTP/1.1\r\n${HOST}\r\n`, 400, 'invalid-request'],
  ['a header without a name', `GET / HTTP/1.1\r\n${HOST}: x\r\n\r\n`, 400, 'invalid-request'],
  [
    'two lengths',
    `POST /things HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nx`,
    400,
    'invalid-request',
  ],
  [
    'a length and chunks',
    `POST /things HTTP/1.1\r\n${HOST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0`,
    400,
    'invalid-request',
  ],
  [
    'chunks that are none',
    `POST /things HTTP/1.1\r\n${HOST}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\n`,
    400,
    'invalid-request',
  ],
  ['no Host', `GET / HTTP/1.1\r\n${CLOSE}\r\n`, 400, 'invalid-request'],
  [
    'an expectation that nobody meets',
    `GET / HTTP/1.1\r\n${HOST}${CLOSE}Expect: tea\r\n\r\n`,
    417,
    'expectation-failed',
  ],
  ['another protocol', `GET / HTTP/9.9\r\n${HOST}\r\n`, 400, 'invalid-request'],
])('%s is answered with a problem', async (_what, text, status, code) => {
  const answer = await say(text)
  expect(answer.status).toBe(status)
  expect(answer.headers).toMatch(/content-type: application\/problem\+json/i)
  expect(answer.headers).toMatch(/connection: close/i)
  expect(JSON.parse(answer.body)).toMatchObject({
    type: `https://todo-cloud.dev/problems/${code}`,
    status,
    code,
    title: expect.any(String),
    detail: expect.any(String),
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
})

test('an answer that has begun is not spoilt by what comes after it', async () => {
  const request = `POST /things HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`
  const { status, body } = await say(`${request}nonsense\r\n\r\n`)
  expect([status, JSON.parse(body.split('HTTP/1.1')[0]!)]).toEqual([200, { ok: true }])
})

test('HTTP/1.0 needs no Host', async () => {
  expect((await say('POST /things HTTP/1.0\r\n\r\n')).status).toBe(200)
})

test('who comes on an open connection while the server closes is still answered, and the connection ends', async () => {
  const closing = createHttpApp({ log: createLog('test', 'silent') })
  const released = Promise.withResolvers<{ ok: boolean }>()
  closing.get('/slow', () => released.promise)
  await closing.listen({ port: 0, host: '127.0.0.1' })
  const socket = connect((closing.server.address() as AddressInfo).port, '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  const ask = (path: string) => socket.write(`GET ${path} HTTP/1.1\r\n${HOST}\r\n`)
  const arrived = once(closing.server, 'request')
  ask('/slow')
  await arrived
  const closed = closing.close()
  const arrivedLate = once(closing.server, 'request')
  ask('/slow')
  await arrivedLate
  released.resolve({ ok: true })
  await Promise.all([closed, once(socket, 'close')])
  const said = Buffer.concat(chunks).toString()
  expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200'])
  expect(said.toLowerCase()).toContain('connection: close')
})

const CHUNK = 'x'.repeat(0x10000)
const LENGTH = `Content-Length: ${200 * CHUNK.length}\r\n\r\n`
const CHUNKED = 'Transfer-Encoding: chunked\r\n\r\n'
test.each([
  ['in one piece', '1.1', LENGTH, CHUNK],
  ['in chunks', '1.1', CHUNKED, `10000\r\n${CHUNK}\r\n`],
  ['on a line that closes after it', '1.1', `${CLOSE}${LENGTH}`, CHUNK],
  ['by HTTP/1.0', '1.0', LENGTH, CHUNK],
])(
  'who writes far too much %s, and reads after that, still reads why it is refused',
  async (_how, http, rest, piece) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(`POST /things HTTP/${http}\r\n${HOST}Content-Type: application/json\r\n${rest}`)
    const end = rest === CHUNKED ? ['0\r\n\r\n'] : []
    await pipeline(Readable.from([...Array.from({ length: 200 }, () => piece), ...end]), socket, { end: false })
    const [answer] = await once(socket, 'data')
    socket.destroy()
    expect(String(answer)).toMatch(/^HTTP\/1\.1 413 /u)
    expect(String(answer)).toContain('"code":"too-large"')
  },
)

test('a body without an end is not taken for ever', async () => {
  const socket = connect(port, '127.0.0.1')
  const closed = new Promise((resolve) => void socket.once('close', resolve))
  socket.on('error', () => undefined)
  socket.write(`POST /things HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n${CHUNKED}`)
  const write = () => {
    while (!socket.destroyed && socket.write(`10000\r\n${CHUNK}\r\n`));
  }
  socket.on('drain', write)
  write()
  await closed
  expect(socket.bytesWritten).toBeLessThan(100 * 1024 * 1024)
})
