import { createECDH } from 'node:crypto'
import { expect, it, onTestFinished } from 'vitest'
import { PushService, decryptPush } from '../src/testing/push-service.ts'
import type { HttpReceiver } from '../src/testing/http-receiver.ts'
import { NtfyServer } from '../src/testing/ntfy-server.ts'
import { WebhookReceiver } from '../src/testing/webhook-receiver.ts'

async function started<R extends HttpReceiver>(receiver: R): Promise<R> {
  await receiver.start()
  onTestFinished(() => receiver.stop())
  return receiver
}

async function post(url: string, headers: Record<string, string>, body = '{}'): Promise<number> {
  return (await fetch(url, { method: 'POST', headers, body })).status
}

it('a push is decrypted as in the example of RFC 8291 (§5, appendix A)', () => {
  const keys = createECDH('prime256v1')
  keys.setPrivateKey('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url')
  const auth = Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url')
  const message = Buffer.from(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    'base64url',
  )
  expect(decryptPush(message, { keys, auth }).toString()).toBe('When I grow up, I want to be a watermelon')
  auth[0] = 0
  expect(() => decryptPush(message, { keys, auth })).toThrow()
})

it('the push service takes nothing that is not signed, and knows its browsers', async () => {
  const push = await started(new PushService())
  const { endpoint } = push.subscribe()
  expect(await post(endpoint, { ttl: '1' })).toBe(403)
  expect(await post(endpoint, { ttl: '1', authorization: `vapid t=e30.e30.AAAA, k=${'A'.repeat(87)}` })).toBe(403)
  expect(push.complaints).toEqual(['there is no VAPID token', 'the VAPID key is no point of P-256'])
  expect(await post(`${push.url}/push/unknown`, {})).toBe(404)
  expect(push.pushes).toEqual([])
})

it('the webhook receiver takes the example of the specification, and nothing that was changed', async () => {
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries (the example of each library's tests)
  const now = new Date(1_614_265_330_000)
  const hooks = await started(new WebhookReceiver(() => now))
  hooks.expect('/hook', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
  const body = '{"test": 2432232314}'
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const url = `${hooks.url}/hook`
  expect(await post(url, headers, body)).toBe(204)
  expect(await post(url, headers, body.replace('2', '3'))).toBe(401)
  expect(await post(url, { ...headers, 'webhook-id': 'msg_other' }, body)).toBe(401)
  expect(await post(url, {}, body)).toBe(401)
  now.setMinutes(now.getMinutes() + 6)
  expect(await post(url, headers, body)).toBe(401)
  expect(hooks.at('/hook')).toHaveLength(1)
})

it('the ntfy server takes well-formed messages of those who may', async () => {
  const ntfy = await started(new NtfyServer())
  ntfy.tokens.set('locked', 'tk_right')
  const publish = (message: unknown, headers = {}) => post(`${ntfy.url}/`, headers, JSON.stringify(message))
  expect(await publish({ topic: 'locked' })).toBe(403)
  expect(await publish({ topic: 'locked' }, { authorization: 'Bearer tk_wrong' })).toBe(401)
  expect(await publish({ topic: 'locked' }, { authorization: 'Bearer tk_right' })).toBe(200)
  expect(await publish({ topic: 'open', priority: 9 })).toBe(400)
  expect(ntfy.messages).toEqual([{ topic: 'locked' }])
})
