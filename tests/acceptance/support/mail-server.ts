import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import type { ParsedMail } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerDataStream } from 'smtp-server'
import { pollUntil } from '@todo/platform/testing/poll-until'

/** What becomes of a mail. `hangs`: it is taken to its end, and then nothing is said any more. */
export type Fate = 'taken' | 'refused for now' | 'refused for good' | 'hangs'

const REFUSALS = new Map([
  ['refused for now', { responseCode: 451, text: 'Try again later' }],
  ['refused for good', { responseCode: 550, text: 'No such mailbox' }],
])

/** A real SMTP server on a port of its own, which people's mails end at. */
export class MailServer {
  readonly mails: ParsedMail[] = []
  /** By address; `taken` where there is none. */
  readonly fates = new Map<string, Fate>()
  /** Addresses of mails that were begun, whatever became of them. */
  readonly tries: string[] = []
  readonly #host: string
  #port: number
  #server: SMTPServer | null = null

  /** On a free port of this machine alone, where it is told no other address. */
  constructor({ host = '127.0.0.1', port = 0 }: { host?: string; port?: number } = {}) {
    this.#host = host
    this.#port = port
  }

  get url(): string {
    return `smtp://${this.#host}:${this.#port}`
  }

  /** Also again, on the same port, after `stop`. */
  async start(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      // Its own end must not wait for clients that keep their connections.
      closeTimeout: 100,
      onRcptTo: ({ address }, _session, done) => {
        this.tries.push(address)
        const refusal = REFUSALS.get(this.fates.get(address) ?? 'taken')
        done(refusal ? Object.assign(new Error(refusal.text), refusal) : null)
      },
      onData: (stream, session, done) => {
        const hangs = session.envelope.rcptTo.some(({ address }) => this.fates.get(address) === 'hangs')
        // A sender that dies in the middle of its mail has sent none.
        this.#take(stream, hangs ? () => {} : done).catch(() => undefined)
      },
    })
    server.on('error', () => {})
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject)
      server.listen(this.#port, this.#host, resolve)
    })
    this.#port = (server.server.address() as AddressInfo).port
    this.#server = server
  }

  async #take(stream: SMTPServerDataStream, done: (error?: Error | null) => void): Promise<void> {
    this.mails.push(await simpleParser(stream))
    done()
  }

  /** Nothing listens from here on. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    await new Promise<void>((resolve) => (server ? server.close(resolve) : resolve()))
  }

  to(address: string): ParsedMail[] {
    return this.mails.filter((mail) => [mail.to].flat().some((to) => to?.text.includes(address)))
  }

  async received(address: string, timeoutMs = 5_000): Promise<ParsedMail> {
    const isThere = () => this.to(address)[0]
    return pollUntil(isThere, { timeoutMs, what: `a mail to ${address}` })
  }
}
