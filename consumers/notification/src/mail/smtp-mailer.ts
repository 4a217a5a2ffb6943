import { createTransport } from 'nodemailer'
import { SEND_TIMEOUT_MS } from '../claim.ts'
import { MailCircuit } from './mail-circuit.ts'
import type { Mailer } from './mailer.ts'

interface SmtpMailerOptions {
  url: string
  now: () => Date
  timeoutMs?: number
}

const CONNECTIONS = 5

/** Sends over a pool of connections to an SMTP server. */
export function createSmtpMailer({ url, now, timeoutMs = SEND_TIMEOUT_MS }: SmtpMailerOptions): Mailer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    // Each step is bounded so that the error says which one it was; the signal bounds the whole.
    connectionTimeout: timeoutMs / 2,
    greetingTimeout: timeoutMs / 2,
    dnsTimeout: timeoutMs / 2,
    socketTimeout: timeoutMs * 0.8,
    // Trying again is our own business, with a claim and a backoff.
    maxRequeues: 1,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  // Without a listener, a connection that breaks while idle ends the whole process.
  transport.on('error', () => {})
  const circuit = new MailCircuit(now)
  return {
    send: ({ ...mail }) =>
      circuit.run(async () => void (await transport.sendMail({ ...mail, signal: AbortSignal.timeout(timeoutMs) }))),
    close: () => transport.close(),
  }
}
