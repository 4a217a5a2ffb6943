import type { Log } from '@todo/platform/log'
import type { Mailer } from './mailer.ts'

/** Where there is no mail server: every mail goes to the log in full, so that trying the app out needs none. */
export function createLogMailer(log: Log): Mailer {
  return {
    send: async ({ from, to, subject, text, messageId }) => {
      const mail = { from, to: `${to.name} <${to.address}>`.trim(), subject, text, messageId }
      log.info({ mail }, 'mail: not sent, since SMTP_URL is not set')
    },
    close: () => {},
  }
}
