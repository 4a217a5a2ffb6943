import { mailPage, markup, openButton } from './mail-page.ts'
import type { ReminderContent } from './reminder-mail.ts'

export function reminderHtml({ title, when, link, again, locale, why, unsubscribe }: ReminderContent): string {
  const later = again.map(
    ({ words, link }, index) =>
      markup`${index > 0 ? ' · ' : ''}<a class="quiet" href="${link}" style="color:#565d6d">${words}</a>`,
  )
  const body = [
    markup`<h1 dir="auto" style="margin:0 0 8px;font-size:22px;line-height:1.3;overflow-wrap:anywhere">${title}</h1>\n`,
    ...(when ? [markup`<p class="quiet" style="margin:0 0 24px;color:#565d6d">Due ${when}</p>\n`] : []),
    openButton(link, 'Open task'),
    markup`<p class="quiet" style="margin:0 0 32px;color:#565d6d;font-size:14px">Remind me again ${later}</p>`,
  ]
  return mailPage({ title: 'Reminder', locale, body, why, unsubscribe })
}
