import { dueWords } from '@todo/model/due-words'
import { reminderMessage } from '../message.ts'
import type { Reminder } from '../message.ts'
import { envelope, unsubscribeLink } from './envelope.ts'
import type { MailSettings } from './envelope.ts'
import type { Mail } from './mailer.ts'
import { onOneLine } from './one-line.ts'
import { reminderHtml } from './reminder-html.ts'
import { signature } from './signature.ts'

/** By the keys that the web app knows; what they mean is worked out when one is followed. */
const SNOOZES = [
  { key: '10m', words: 'in 10 minutes' },
  { key: '1h', words: 'in an hour' },
  { key: 'tonight', words: 'tonight' },
  { key: 'tomorrow', words: 'tomorrow' },
] as const

/** `Tuesday, 1 December 2026 at 09:00`. */
const DUE_STYLE = { day: { dateStyle: 'full' }, time: { timeStyle: 'short' } } as const

/** A reminder as an e-mail, in plain text and HTML, with the time in the person's own zone and manner. */
export function composeReminderMail(reminder: Reminder, settings: MailSettings): Mail {
  const { title, taskId, recipient } = reminder
  const { publicUrl } = settings
  const message = reminderMessage(reminder)
  const content = {
    title,
    when: dueWords(reminder, recipient, DUE_STYLE),
    link: `${publicUrl}/all?task=${taskId}`,
    again: SNOOZES.map(({ key, words }) => ({ words, link: `${publicUrl}/all?snooze=${key}&of=${taskId}` })),
    locale: recipient.locale,
    why: 'Todo Cloud. E-mail reminders are switched on and off in your settings.',
    unsubscribe: unsubscribeLink(message, settings),
  }
  return {
    ...envelope(message, settings),
    subject: `Reminder: ${onOneLine(title)}`,
    text: reminderText(content),
    html: reminderHtml(content),
  }
}

export interface ReminderContent {
  title: string
  when: string | null
  link: string
  /** Ways to be reminded again. */
  again: readonly { words: string; link: string }[]
  locale: string
  why: string
  unsubscribe: string | null
}

function reminderText(content: ReminderContent): string {
  const { title, when, link, again } = content
  const due = when ? `Due: ${when}\n\n` : ''
  const later = again.map((choice) => `  ${choice.words}: ${choice.link}\n`).join('')
  return `${onOneLine(title)}\n\n${due}Open it: ${link}\n\nRemind me again\n${later}\n${signature(content)}`
}
