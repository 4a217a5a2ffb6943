import type { NodemailerError } from 'nodemailer'

/** An answer about this very mail, given after the server was reached: other mails may fare better. */
export function isAboutTheMail(error: unknown): boolean {
  const { code, command } = error as NodemailerError
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM'
}

/**
 * Whether the server, or the address itself, refuses this mail for good (5yz, RFC 5321 §4.2.1). What is wrong with our
 * own account (535), our sender or our standing is not: it can be put right, and then the mail goes out after all.
 */
export function isRefusedForGood(error: unknown): boolean {
  const { permanent, responseCode } = error as NodemailerError
  return isAboutTheMail(error) && (permanent ?? responseCode === undefined)
}

/** No such mailbox or domain (5.1.z, RFC 3463 §3.2), and not a sender of ours that is wrong (5.1.7 and 5.1.8): a hard bounce. */
export function isGoneForGood(error: unknown): boolean {
  const { command, response = '' } = error as NodemailerError & { response?: string }
  return isRefusedForGood(error) && command === 'RCPT TO' && /^5\d\d[ -]5\.1\.(?![78]\b)\d+/.test(response)
}

/** Our own time was up, in the queue or with a server that answers slowly: that says little about the server. */
export function isAborted(error: unknown): boolean {
  return (error as NodemailerError).code === 'EABORT'
}
