import { createECDH } from 'node:crypto'
import { deriveKey } from './seal.ts'

/**
 * The key pair that the app shows itself with to push services (VAPID, RFC 8292), in base64url. It follows from the
 * secret: subscriptions live as long as that stays the same.
 */
export function vapidKeys(secret: string): { publicKey: string; privateKey: string } {
  const scalar = scalarOf(secret)
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(scalar)
  return { publicKey: pair.getPublicKey('base64url'), privateKey: scalar.toString('base64url') }
}

/** Order of the curve P-256 (FIPS 186-4): a private key is below it. */
const ORDER = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')

function scalarOf(secret: string, attempt = 0): Buffer {
  const scalar = deriveKey(secret, `vapid ${attempt}`)
  // One in 2^32 secrets needs a second try.
  return Buffer.compare(scalar, ORDER) < 0 ? scalar : scalarOf(secret, attempt + 1)
}
