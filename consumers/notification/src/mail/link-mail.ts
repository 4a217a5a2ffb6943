import { unseal } from '@todo/platform/seal'
import { DeliveryError } from '../delivery-error.ts'
import type { AccountLink, MessageAbout } from '../message.ts'
import { envelope } from './envelope.ts'
import type { MailSettings } from './envelope.ts'
import { mailPage, markup, openButton } from './mail-page.ts'
import type { Mail } from './mailer.ts'
import { signature } from './signature.ts'

interface LinkWords {
  subject: string
  text: (link: AccountLink) => string
  button: string
  path: string
  /** What the page has the token by; `token` when left out. */
  parameter?: string
  /** It only leads there, and does nothing by itself. */
  isPlain?: boolean
  /** To somebody who did not ask for it. */
  otherwise: string
}

const WORDS: Record<AccountLink['purpose'], LinkWords> = {
  'new-password': {
    subject: 'Choose a new password for Todo Cloud',
    text: ({ recipient }) => `Somebody asked for a new password for the account of ${recipient.email}.`,
    button: 'Choose a new password',
    path: '/new-password',
    otherwise: 'If it was not you, leave it: your password stays as it is, and nobody was let in.',
  },
  'confirm-email': {
    subject: 'Confirm your address for Todo Cloud',
    text: () => 'Welcome to Todo Cloud. Confirm that this address is yours, and reminders are mailed here.',
    button: 'Confirm the address',
    path: '/confirm-email',
    otherwise: 'If you do not know of this account, leave it: without that, no reminders come here.',
  },
  'change-email': {
    subject: 'Confirm your new address for Todo Cloud',
    text: () =>
      'Confirm that this address is yours, and it becomes the one of your account: you sign in with it, and mails come here.',
    button: 'Use this address',
    path: '/confirm-email',
    parameter: 'address',
    otherwise: 'If you do not know of this account, leave it: without that, nothing changes.',
  },
  'email-changed': {
    subject: 'Your Todo Cloud account has another address',
    text: () =>
      'Your account has another e-mail address now: you sign in with that one, and its mails do not come here any more.',
    button: 'Open the settings',
    path: '/settings',
    isPlain: true,
    otherwise:
      'If it was not you, somebody knows your password: where you are still signed in, change both in the settings, and tell whoever runs this server.',
  },
}

/** A mail with a link of an account. Its token is in the fragment: whoever serves the page that it leads to does not get it. */
export function composeLinkMail(message: MessageAbout<'link'>, settings: MailSettings & { secret: string }): Mail {
  const { data } = message
  const { subject, text, button, path, parameter = 'token', isPlain, otherwise } = WORDS[data.purpose]
  const fragment = isPlain ? '' : `#${parameter}=${encodeURIComponent(openToken(data, settings.secret))}`
  const link = `${settings.publicUrl}${path}${fragment}`
  const words = text(data)
  const rest = isPlain ? [otherwise] : [`The link works until ${expiryWords(data)}.`, otherwise]
  const end = { why: 'Todo Cloud. This mail is about your account.', unsubscribe: null }
  const body = [
    markup`<p style="margin:0 0 24px">${words}</p>\n`,
    openButton(link, button),
    markup`<p style="margin:0 0 24px">${rest.join(' ')}</p>\n`,
  ]
  return {
    ...envelope(message, settings),
    subject,
    text: `${words}\n\n${button}: ${link}\n\n${rest.join('\n')}\n\n${signature(end)}`,
    html: mailPage({ title: subject, locale: data.recipient.locale, body, ...end }),
  }
}

function openToken({ token, userId }: AccountLink, secret: string): string {
  const opened = unseal(token, { secret, userId })
  if (opened !== null) return opened
  throw new DeliveryError('the link was sealed with another CHANNEL_SECRET', { isForGood: true })
}

/** `1 Dec 2026, 10:00`, where they are. */
function expiryWords({ expiresAt, recipient: { locale, timeZone } }: AccountLink): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(
    new Date(expiresAt),
  )
}
