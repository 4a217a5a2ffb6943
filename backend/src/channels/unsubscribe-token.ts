import { signText } from '@todo/platform/seal'

const UNSUBSCRIBE = 'unsubscribe'

/** Ends mails of this kind to this person, for whoever has it: the link in such a mail. It does not run out. */
export function unsubscribeToken(what: 'reminders' | 'digest', userId: string, secret: string): string {
  return signText(`${what}.${userId}`, { secret, purpose: UNSUBSCRIBE })
}
