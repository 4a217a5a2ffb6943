import { dueWords } from '@todo/model/due-words'
import { derivedEventId } from '@todo/platform/create-event'
import { claimKey } from '../claim.ts'
import type { Reminder } from '../reminder.ts'
import type { Mail } from './mailer.ts'
import { reminderHtml } from './reminder-html.ts'

/** By the keys that the web app knows; what they mean is worked out when one is followed. */
const SNOOZES = [
  { key: '10m', words: 'in 10 minutes' },
  { key: '1h', words: 'in an hour' },
  { key: 'tonight', words: 'tonight' },
  { key: 'tomorrow', words: 'tomorrow' },
] as const

/** `Tuesday, 1 December 2026 at 09:00`. */
const DUE_STYLE = { day: { dateStyle: 'full' }, time: { timeStyle: 'short' } } as const

export interface MailSettings {
  from: string
  /** Without a slash at its end. */
  publicUrl: string
}

/** A reminder as an e-mail, in plain text and HTML, with the time in the person's own zone and manner. */
export function composeReminderMail(reminder: Reminder, { from, publicUrl }: MailSettings): Mail {
  const { title, taskId, recipient } = reminder
  const { hostname } = new URL(publicUrl)
  const content = {
    title,
    when: dueWords(reminder, recipient, DUE_STYLE),
    link: `${publicUrl}/all?task=${taskId}`,
    again: SNOOZES.map(({ key, words }) => ({ words, link: `${publicUrl}/all?snooze=${key}&of=${taskId}` })),
    locale: recipient.locale,
  }
  return {
    from,
    to: { name: onOneLine(recipient.name), address: recipient.email },
    subject: `Reminder: ${onOneLine(title)}`,
    text: reminderText(content),
    html: reminderHtml(content),
    // RFC 5322 §3.6.4. Derived, so that a copy from a second try can be told and dropped.
    messageId: `<${derivedEventId('mail', claimKey(reminder, 'email'))}@${hostname}>`,
    headers: {
      'List-Id': `Reminders from Todo Cloud <reminders.${hostname}>`,
      // RFC 3834: holiday notes do not answer it; Exchange has a header of its own for that.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
  }
}

export interface ReminderContent {
  title: string
  when: string | null
  link: string
  /** Ways to be reminded again. */
  again: readonly { words: string; link: string }[]
  locale: string
}

function reminderText({ title, when, link, again }: ReminderContent): string {
  const due = when ? `Due: ${when}\n\n` : ''
  const later = again.map((choice) => `  ${choice.words}: ${choice.link}\n`).join('')
  return `${onOneLine(title)}\n\n${due}Open it: ${link}\n\nRemind me again\n${later}\n-- \nTodo Cloud. E-mail reminders are switched on and off in your settings.\n`
}

/** A header ends at a line break: what follows one in a title must not become a header. */
function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
