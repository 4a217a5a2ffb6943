import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** A key for one purpose only, out of a secret that serves several (HKDF-SHA256, RFC 5869). */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `todo-cloud ${purpose}`, 32))
}

interface SealContext {
  /** Shared by who seals and who opens. */
  secret: string
  /** Whose it is: sealed for one person, it opens for no other. */
  userId: string
}

/** Encrypts a text (AES-256-GCM), so that a database or a topic may hold it. Twice the same text is not the same seal. */
export function seal(text: string, { secret, userId }: SealContext): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, 'seal'), nonce).setAAD(Buffer.from(userId))
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** The text; null for what was sealed with another secret or for somebody else, or is damaged. */
export function unseal(sealed: string, { secret, userId }: SealContext): string | null {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, 'seal'), bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(userId))
    .setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

/** `<text>.<HMAC-SHA256>`: whoever has it was given it by us, for this purpose. It does not run out. */
export function signText(text: string, { secret, purpose }: { secret: string; purpose: string }): string {
  return `${text}.${keyedHash(text, { secret, purpose })}`
}

/** The text that was signed; null for anything else. */
export function verifyText(signed: string, { secret, purpose }: { secret: string; purpose: string }): string | null {
  const at = signed.lastIndexOf('.')
  const text = signed.slice(0, Math.max(at, 0))
  const expected = macOf(text, secret, purpose)
  const given = Buffer.from(signed.slice(at + 1), 'base64url')
  return at > 0 && given.length === expected.length && timingSafeEqual(given, expected) ? text : null
}

/** Tells the same text when it comes again. Keyed, since one that is easy to guess could be tried out. */
export function keyedHash(text: string, { secret, purpose }: { secret: string; purpose: string }): string {
  return macOf(text, secret, purpose).toString('base64url')
}

function macOf(text: string, secret: string, purpose: string): Buffer {
  return createHmac('sha256', deriveKey(secret, purpose)).update(text).digest()
}
