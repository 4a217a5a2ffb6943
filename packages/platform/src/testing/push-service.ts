import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, randomUUID, verify } from 'node:crypto'
import type { ECDH } from 'node:crypto'
import { errorMessage } from '../errors.ts'
import { HttpReceiver } from './http-receiver.ts'
import type { Answer, Received } from './http-receiver.ts'

/** What a browser hands to its web app: `PushSubscription.toJSON()`. */
export interface Subscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

export interface Push {
  endpoint: string
  /** Decrypted. */
  payload: unknown
  ttlSeconds: number
  urgency: string | undefined
  topic: string | undefined
  /** Whom to ask about it. */
  contact: string
}

interface Browser {
  keys: ECDH
  auth: Buffer
  /** The only key that it takes pushes of; null: any. */
  applicationServerKey: string | null
}

/**
 * A push service with its browsers: it takes what is signed as RFC 8292 has it for this very service, and encrypted for
 * the browser as RFC 8291 has it, which is decrypted here with code of its own. What is not is refused, and told.
 */
export class PushService extends HttpReceiver {
  readonly pushes: Push[] = []
  /** What was wrong with what was refused. */
  readonly complaints: string[] = []
  readonly #browsers = new Map<string, Browser>()

  subscribe(applicationServerKey: string | null = null): Subscription {
    const path = `/push/${randomUUID()}`
    const keys = createECDH('prime256v1')
    const p256dh = keys.generateKeys('base64url')
    const auth = randomBytes(16)
    this.#browsers.set(path, { keys, auth, applicationServerKey })
    return { endpoint: `${this.url}${path}`, keys: { p256dh, auth: auth.toString('base64url') } }
  }

  of({ endpoint }: Subscription): Push[] {
    return this.pushes.filter((push) => push.endpoint === endpoint)
  }

  protected override take(received: Received): Answer {
    const browser = this.#browsers.get(received.path)
    if (!browser) return { status: 404 }
    try {
      this.pushes.push(this.#open(received, browser))
      return { status: 201 }
    } catch (error) {
      this.complaints.push(errorMessage(error))
      return { status: 403, text: errorMessage(error) }
    }
  }

  #open({ path, headers, body }: Received, browser: Browser): Push {
    const { key, contact } = checkedVapid(headers.authorization ?? '', this.url)
    const wanted = browser.applicationServerKey
    assert(wanted === null || wanted === key, 'the browser signed up with another key')
    assert(headers['content-encoding'] === 'aes128gcm', 'the Content-Encoding is not aes128gcm')
    assert(body.length <= 4_096, 'the message is longer than 4,096 bytes')
    const ttlSeconds = Number(headers.ttl)
    assert(Number.isInteger(ttlSeconds) && ttlSeconds >= 0, 'there is no TTL')
    const topic = headers.topic as string | undefined
    assert(topic === undefined || /^[A-Za-z0-9_-]{1,32}$/.test(topic), 'the Topic is none')
    const payload = JSON.parse(decryptPush(body, browser).toString('utf8')) as unknown
    const urgency = headers.urgency as string | undefined
    return { endpoint: `${this.url}${path}`, payload, ttlSeconds, urgency, topic, contact }
  }
}

/** RFC 8292: a JWT (ES256) for this origin, at most a day old, and the key that it is signed with. */
function checkedVapid(authorization: string, origin: string): { key: string; contact: string } {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  assert(signature !== '', 'there is no VAPID token')
  const point = Buffer.from(key, 'base64url')
  assert(point.length === 65 && point[0] === 4, 'the VAPID key is no point of P-256')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  const isRight = verify('sha256', Buffer.from(`${head}.${claims}`), signed, Buffer.from(signature, 'base64url'))
  assert(isRight, 'the VAPID signature is wrong')
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>
  assert((JSON.parse(Buffer.from(head, 'base64url').toString()) as { alg: unknown }).alg === 'ES256', 'it is not ES256')
  assert(aud === origin, `it is for ${String(aud)}`)
  const leftSeconds = Number(exp) - Date.now() / 1_000
  assert(leftSeconds > 0 && leftSeconds <= 24 * 60 * 60, 'it has run out, or holds for more than a day')
  assert(/^(https:|mailto:)/.test(String(sub)), 'it does not say whom to ask')
  return { key, contact: String(sub) }
}

/** RFC 8291 §3.4 over RFC 8188: salt (16), record size (4), length of the key (1), key, one record. @throws when it is not for this browser */
export function decryptPush(body: Buffer, { keys, auth }: { keys: ECDH; auth: Buffer }): Buffer {
  const salt = body.subarray(0, 16)
  const keyEnd = 21 + body.readUInt8(20)
  const [senderKey, record] = [body.subarray(21, keyEnd), body.subarray(keyEnd)]
  assert(record.length <= body.readUInt32BE(16), 'there is more than one record')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), senderKey])
  const secret = hkdf(keys.computeSecret(senderKey), auth, info, 32)
  const key = hkdf(secret, salt, 'Content-Encoding: aes128gcm\0', 16)
  const nonce = hkdf(secret, salt, 'Content-Encoding: nonce\0', 12)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  const end = padded.findLastIndex((byte) => byte !== 0)
  assert(padded[end] === 2, 'the last record is not marked as the last')
  return padded.subarray(0, end)
}

function hkdf(key: Buffer, salt: Buffer, info: string | Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, info, bytes))
}

function assert(isRight: boolean, complaint: string): asserts isRight {
  if (!isRight) throw new Error(complaint)
}
