import { derivedEventId } from '@todo/platform/create-event'
import { EMAIL } from '../channel.ts'
import { claimKey } from '../claim.ts'
import type { Message } from '../message.ts'
import type { Mail } from './mailer.ts'
import { onOneLine } from './one-line.ts'

export interface MailSettings {
  from: string
  /** Without a slash at its end. */
  publicUrl: string
}

const LISTS = {
  reminder: { name: 'Reminders from Todo Cloud', id: 'reminders' },
  digest: { name: 'Your day from Todo Cloud', id: 'digest' },
  test: { name: 'Tests from Todo Cloud', id: 'tests' },
  link: { name: 'Your account at Todo Cloud', id: 'account' },
} as const

/** Everything of a mail but what it says. */
export function envelope(message: Message, { from, publicUrl }: MailSettings): Omit<Mail, 'subject' | 'text' | 'html'> {
  const { recipient } = message.data
  const { hostname } = new URL(publicUrl)
  const { name, id } = LISTS[message.about]
  return {
    from,
    to: { name: onOneLine(recipient.name), address: recipient.email },
    // RFC 5322 §3.6.4. Derived, so that a copy from a second try can be told and dropped.
    messageId: `<${derivedEventId('mail', claimKey(message, EMAIL.channelId))}@${hostname}>`,
    headers: {
      'List-Id': `${name} <${id}.${hostname}>`,
      // RFC 3834: holiday notes do not answer it; Exchange has a header of its own for that.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...unsubscribeHeaders(recipient.unsubscribe, publicUrl),
    },
  }
}

/** RFC 8058: the mail program asks once and sends the POST itself. */
function unsubscribeHeaders(token: string | undefined, publicUrl: string): Record<string, string> {
  if (!token) return {}
  return {
    'List-Unsubscribe': `<${publicUrl}/api/v1/unsubscribe?token=${encodeURIComponent(token)}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
}

/** For people: a page that asks first, since scanners of mails follow every link. */
export function unsubscribeLink({ data }: Message, { publicUrl }: MailSettings): string | null {
  const token = data.recipient.unsubscribe
  return token ? `${publicUrl}/unsubscribe?token=${encodeURIComponent(token)}` : null
}
