import { createECDH } from 'node:crypto'
import { expect, test } from 'vitest'
import { seal, signText, unseal, verifyText } from '../src/seal.ts'
import { vapidKeys } from '../src/vapid.ts'

const secret = 'a secret of the tests that is long enough'
const ada = { secret, userId: 'ada' }

test('what was sealed opens for its person with the same secret, and for nothing else', () => {
  const sealed = seal('https://push.test/ü', ada)
  expect(unseal(sealed, ada)).toBe('https://push.test/ü')
  expect(unseal(sealed, { secret, userId: 'bob' })).toBeNull()
  expect(unseal(sealed, { secret: `${secret}!`, userId: 'ada' })).toBeNull()
  const bytes = Buffer.from(sealed, 'base64url')
  const changed = (index: number) => Buffer.from(bytes.map((byte, at) => (at === index ? byte ^ 1 : byte)))
  for (const damaged of [
    '',
    'AAAA',
    sealed.slice(0, -4),
    ...bytes.keys().map((at) => changed(at).toString('base64url')),
  ]) {
    expect(unseal(damaged, ada)).toBeNull()
  }
  expect(seal('https://push.test/ü', ada)).not.toBe(sealed)
  expect(Buffer.from(sealed, 'base64url').toString()).not.toContain('push')
})

test('a signed text is known again for its purpose only, and forged by nobody', () => {
  const unsubscribe = { secret, purpose: 'unsubscribe' }
  const signed = signText('digest.ada', unsubscribe)
  expect(verifyText(signed, unsubscribe)).toBe('digest.ada')
  expect(verifyText(signed, { secret, purpose: 'something else' })).toBeNull()
  expect(verifyText(signed.replace('digest', 'mails'), unsubscribe)).toBeNull()
  for (const forged of ['', '.', 'digest.ada', 'digest.ada.', `.${signed.split('.')[2]}`]) {
    expect(verifyText(forged, unsubscribe)).toBeNull()
  }
})

test('push services always see the same key of an app, and it is one of the curve P-256', () => {
  const { publicKey, privateKey } = vapidKeys(secret)
  expect(vapidKeys(secret)).toEqual({ publicKey, privateKey })
  expect(vapidKeys(`${secret}!`).publicKey).not.toBe(publicKey)
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey, 'base64url')
  expect(pair.getPublicKey('base64url')).toBe(publicKey)
  expect(Buffer.from(privateKey, 'base64url').length).toBe(32)
})
