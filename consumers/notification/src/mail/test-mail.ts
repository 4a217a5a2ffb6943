import type { MessageAbout } from '../message.ts'
import { envelope, unsubscribeLink } from './envelope.ts'
import type { MailSettings } from './envelope.ts'
import { mailPage, markup, openButton } from './mail-page.ts'
import type { Mail } from './mailer.ts'
import { signature } from './signature.ts'

const WORDS = 'This is a test that you asked for. Reminders will arrive here like this.'

export function composeTestMail(message: MessageAbout<'test'>, settings: MailSettings): Mail {
  const link = `${settings.publicUrl}/settings`
  const end = { why: 'Todo Cloud.', unsubscribe: unsubscribeLink(message, settings) }
  const body = [markup`<p style="margin:0 0 24px">${WORDS}</p>\n`, openButton(link, 'Open your settings')]
  return {
    ...envelope(message, settings),
    subject: 'A test from Todo Cloud',
    text: `${WORDS}\n\nYour settings: ${link}\n\n${signature(end)}`,
    html: mailPage({ title: 'A test from Todo Cloud', locale: message.data.recipient.locale, body, ...end }),
  }
}
