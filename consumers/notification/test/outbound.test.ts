import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebhookReceiver } from '@todo/platform/testing/webhook-receiver'
import { createOutbound } from '../src/outbound/outbound.ts'
import type { OutboundOptions } from '../src/outbound/outbound.ts'
import { isPrivateAddress } from '../src/outbound/private-address.ts'

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.168.1.4',
    '198.18.0.1',
    '224.0.0.251',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:c0a8:0104',
    '64:ff9b::10.0.0.1',
    '64:ff9b::',
    '64:ff9b:1::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '2001::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    'not an address',
    '',
  ])('%s is not of the internet', (address) => {
    expect(isPrivateAddress(address)).toBe(true)
  })

  it.each([
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.255.255',
    '172.32.0.1',
    '192.167.255.255',
    '223.255.255.255',
    '::ffff:1.1.1.1',
    '64:ff9b::1.1.1.1',
    '64:ff9b::808:808',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
  ])('%s is', (address) => {
    expect(isPrivateAddress(address)).toBe(false)
  })
})

let receiver: WebhookReceiver
beforeEach(async () => {
  receiver = await new WebhookReceiver().start()
})
afterEach(() => receiver.stop())

const post = (url: string, options: Partial<OutboundOptions> = {}) =>
  createOutbound({ privateAddresses: 'refuse', ...options })({ url, headers: {}, body: '{}' })

const withPort = (host: string) => `http://${host}:${new URL(receiver.url).port}/`

describe('where private addresses are refused', () => {
  it.each([
    '127.0.0.1',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '[::1]',
    '[::ffff:127.0.0.1]',
    'localhost',
    'app.localhost',
    '169.254.169.254',
  ])('nothing goes to %s, and the words say what would have to be done', async (host) => {
    const words = 'leads into a private network: the operator has to allow it (PRIVATE_ADDRESSES=allow)'
    await expect(post(withPort(host))).rejects.toMatchObject({
      message: expect.stringContaining(words) as string,
      isForGood: true,
      isGone: false,
    })
    expect(receiver.tries).toEqual([])
  })

  it('nothing goes to a name that leads there, not even when it leads elsewhere too, and nobody learns where', async () => {
    const resolve = async () => ['1.1.1.1', '192.168.1.4']
    const refused = post(withPort('hooks.example.org'), { resolve })
    await expect(refused).rejects.toThrow('hooks.example.org leads into a private network: ')
    await expect(refused).rejects.not.toThrow('192.168.1.4')
  })
})

describe('where they are allowed', () => {
  it('a name leads where it leads', async () => {
    receiver.setFate('/', { status: 200 })
    const resolve = async () => ['127.0.0.1']
    const answer = await post(withPort('ntfy.lan'), { privateAddresses: 'allow', resolve })
    expect(answer).toMatchObject({ status: 200 })
    expect(receiver.tries.at(-1)!.headers).toMatchObject({ host: `ntfy.lan:${new URL(receiver.url).port}` })
  })

  it('a name is looked up once: where it leads a moment later does not matter', async () => {
    const answers = [['127.0.0.2'], ['127.0.0.1']]
    let questions = 0
    const resolve = async () => answers[questions++] ?? []
    const elsewhere = post(withPort('rebinding.example.org'), { privateAddresses: 'allow', resolve })
    await expect(elsewhere).rejects.toMatchObject({
      message: expect.stringMatching(/^rebinding\.example\.org:\d+ could not be reached: /) as string,
      cause: { address: '127.0.0.2' },
    })
    expect([questions, receiver.tries.length]).toEqual([1, 0])
  })

  it('the hosts file of the machine counts', async () => {
    receiver.setFate('/', { status: 200 })
    expect(await post(withPort('localhost'), { privateAddresses: 'allow' })).toMatchObject({ status: 200 })
  })
})

describe('an answer', () => {
  const allowed = (url: string, timeoutMs = 300) => post(url, { privateAddresses: 'allow', timeoutMs })

  it.each([
    ['never comes', 'hangs'],
    ['comes too late', { status: 200, afterMs: 5_000 }],
  ] as const)('that %s is not waited for', async (_what, fate) => {
    receiver.setFate('/', fate)
    const startedAt = performance.now()
    await expect(allowed(`${receiver.url}/`)).rejects.toThrow(/did not answer within 0\.3 s/)
    expect(performance.now() - startedAt).toBeLessThan(2_000)
  })

  it('does not have to be found out about for ever either', async () => {
    const resolve = () => new Promise<string[]>(() => {})
    const asked = post('http://slow.example.org', { resolve, timeoutMs: 100 })
    await expect(asked).rejects.toThrow('slow.example.org did not answer within 0.1 s')
  })

  it('is read to 4 KB', async () => {
    receiver.setFate('/', { status: 500, text: 'x'.repeat(10_000_000) })
    const { text } = await allowed(`${receiver.url}/`, 5_000)
    expect(text).toHaveLength(4_096)
  })

  it.each([
    [
      'wants to speak something else',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
      101,
    ],
    ['says that it has taken it, and never ends', 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n', 200],
    ['is of a redirect', 'HTTP/1.1 307 Temporary Redirect\r\nLocation: /\r\nContent-Length: 0\r\n\r\n', 307],
  ])('that %s is an answer', async (_what, bytes, status) => {
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.write(bytes))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await allowed(url, 5_000)).toMatchObject({ status })
    server.close()
  })

  it('is missing where nobody listens, and the words say so', async () => {
    const { url } = receiver
    await receiver.stop()
    await expect(allowed(url)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^127\.0\.0\.1:\d+ could not be reached: nothing listens there \(ECONNREFUSED\)$/,
      ) as string,
      isForGood: false,
    })
  })

  it('is missing where a name leads nowhere', async () => {
    const resolve = async (): Promise<string[]> =>
      Promise.reject(Object.assign(new Error('queryA ENOTFOUND nowhere.example.org'), { code: 'ENOTFOUND' }))
    await expect(post('https://nowhere.example.org', { resolve })).rejects.toThrow(
      'nowhere.example.org could not be reached: its name leads nowhere (ENOTFOUND)',
    )
  })
})
