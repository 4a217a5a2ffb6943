import { createHmac } from 'node:crypto'
import { HttpReceiver } from './http-receiver.ts'
import type { Answer, Received } from './http-receiver.ts'

export interface Hook {
  id: string
  sentAt: Date
  body: { type: string; timestamp: string; data: Record<string, unknown> }
}

const TOLERANCE_MS = 5 * 60 * 1_000

/** A program that takes webhooks, and checks their signatures as the specification of Standard Webhooks has it. */
export class WebhookReceiver extends HttpReceiver {
  readonly #secrets = new Map<string, string>()
  readonly #hooks = new Map<string, Hook[]>()
  readonly #now: () => Date

  constructor(now: () => Date = () => new Date()) {
    super()
    this.#now = now
  }

  /** From here on, a path takes what is signed with this secret (`whsec_…`), and nothing else. */
  expect(path: string, secret: string): void {
    this.#secrets.set(path, secret)
  }

  /** What was taken there. */
  at(path: string): Hook[] {
    return this.#hooks.get(path) ?? []
  }

  protected override take({ path, headers, body }: Received): Answer {
    const secret = this.#secrets.get(path)
    if (secret === undefined) return { status: 404 }
    const [id = '', seconds = ''] = [headers['webhook-id'], headers['webhook-timestamp']].map(String)
    const sentAt = new Date(Number(seconds) * 1_000)
    const signatures = String(headers['webhook-signature']).split(' ')
    const isSigned = signatures.includes(signatureOf({ secret, id, seconds, body }))
    if (!isSigned || Math.abs(this.#now().getTime() - sentAt.getTime()) > TOLERANCE_MS) return { status: 401 }
    const hook = { id, sentAt, body: JSON.parse(body.toString()) as Hook['body'] }
    this.#hooks.set(path, [...this.at(path), hook])
    return { status: 204 }
  }
}

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#symmetric */
function signatureOf({ secret, id, seconds, body }: Record<'secret' | 'id' | 'seconds', string> & { body: Buffer }) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')}`
}
