export interface Mail {
  from: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
  /** The same for every try of the same mail. */
  messageId: string
  headers: Record<string, string>
}

/** Hands mails on. Adapters: `smtp-mailer.ts`, `log-mailer.ts`. */
export interface Mailer {
  /** Resolves when the mail is taken. Throws within `SEND_TIMEOUT_MS` when it is not. */
  send: (mail: Mail) => Promise<void>
  close: () => void
}
