import { signText, verifyText } from '@todo/platform/seal'

const UNSUBSCRIBE = 'unsubscribe'

const MAILS = ['reminders', 'digest'] as const
export type MailKind = (typeof MAILS)[number]

/** Ends mails of this kind to this person, for whoever has it: the link in such a mail. It does not run out. */
export function unsubscribeToken(what: MailKind, userId: string, secret: string): string {
  return signText(`${what}.${userId}`, { secret, purpose: UNSUBSCRIBE })
}

/** What a token ends, and whose that is; null for one that is not ours. */
export function readUnsubscribeToken(token: string, secret: string): { what: MailKind; userId: string } | null {
  const [kind, userId] = verifyText(token, { secret, purpose: UNSUBSCRIBE })?.split('.') ?? []
  const what = MAILS.find((known) => known === kind)
  return what && userId ? { what, userId } : null
}
