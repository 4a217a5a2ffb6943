import { describe, expect, test } from 'vitest'
import { createHttpApp } from '../src/http/app.ts'
import { createLog } from '../src/log.ts'
import { TrustProxy } from '../src/trust-proxy.ts'

/** Whom an app with this setting takes for the client. */
async function clientOf(setting: string | undefined, forwarded: string, peer = '127.0.0.1'): Promise<string> {
  const app = createHttpApp({ log: createLog('test', 'silent'), trustProxy: TrustProxy.parse(setting) })
  app.get('/ip', ({ ip }) => ({ ip }))
  const answer = await app.inject({ url: '/ip', remoteAddress: peer, headers: { 'x-forwarded-for': forwarded } })
  await app.close()
  return answer.json().ip
}

describe('what the client itself has written is not believed', () => {
  test.each([
    [undefined, '10.1.1.7, 198.51.100.9', '127.0.0.1'],
    ['false', '10.1.1.7, 198.51.100.9', '127.0.0.1'],
    ['0', '10.1.1.7, 198.51.100.9', '127.0.0.1'],
    ['true', '10.1.1.7, 198.51.100.9', '198.51.100.9'],
    ['1', '10.1.1.7, 198.51.100.9', '198.51.100.9'],
    ['2', '10.1.1.7, 198.51.100.9, 192.0.2.1', '198.51.100.9'],
    ['2', '198.51.100.9', '198.51.100.9'],
    ['loopback', '10.1.1.7, 198.51.100.9', '198.51.100.9'],
    ['loopback, 192.0.2.0/24', '10.1.1.7, 198.51.100.9, 192.0.2.1', '198.51.100.9'],
    ['192.0.2.0/24', '198.51.100.9', '127.0.0.1'],
  ])('TRUST_PROXY=%s, X-Forwarded-For: %s', async (setting, forwarded, client) => {
    expect(await clientOf(setting, forwarded)).toBe(client)
  })
})

test('a proxy is known by its address in IPv6 too', async () => {
  expect(await clientOf('fd00::/8', '10.1.1.7, 2001:db8::9', 'fd00::1')).toBe('2001:db8::9')
})

test.each([
  'yes',
  '10',
  '-1',
  '1.5',
  '10.0.0.0/33',
  '10.0.0/8',
  'fd00::/129',
  'proxy.example.org',
  'loopback,',
  '1.1.1.1/2/3',
])('TRUST_PROXY=%s is refused with what it may be', (setting) => {
  expect(TrustProxy.safeParse(setting).error?.issues).toMatchObject([
    { message: expect.stringMatching(/^must be false, the number of proxies .*, or their addresses, such as /) },
  ])
})
