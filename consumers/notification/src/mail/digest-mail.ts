import { dueInstant } from '@todo/model/due'
import { dueWords } from '@todo/model/due-words'
import type { Digest, MessageAbout } from '../message.ts'
import { digestHtml } from './digest-html.ts'
import { envelope, unsubscribeLink } from './envelope.ts'
import type { MailSettings } from './envelope.ts'
import type { Mail } from './mailer.ts'
import { onOneLine } from './one-line.ts'
import { signature } from './signature.ts'

export interface DigestPart {
  heading: string
  isLate: boolean
  tasks: { title: string; when: string | null; link: string }[]
  /** How many there are beyond those. */
  more: number
}

export interface DigestContent {
  day: string
  parts: DigestPart[]
  link: string
  locale: string
  why: string
  unsubscribe: string | null
}

/** A person's day as an e-mail: what is overdue, what is due, what was done the day before. Empty parts are left out. */
export function composeDigestMail(message: MessageAbout<'digest'>, settings: MailSettings): Mail {
  const { data: digest } = message
  const { recipient } = digest
  const content = {
    day: dayWords(digest.day, recipient.locale, { weekday: 'long', day: 'numeric', month: 'long' }),
    parts: partsOf(digest, settings.publicUrl),
    link: `${settings.publicUrl}/today`,
    locale: recipient.locale,
    why: 'Todo Cloud. The hour of this mail is in your settings.',
    unsubscribe: unsubscribeLink(message, settings),
  }
  return {
    ...envelope(message, settings),
    subject: `${content.day}: ${digestSummary(digest)}`,
    text: digestText(content),
    html: digestHtml(content),
  }
}

/** `2 overdue, 3 due today, 1 done yesterday`, without those that are none. */
export function digestSummary({ overdue, due, done }: Digest): string {
  const counts = [
    [overdue.count, 'overdue'],
    [due.count, 'due today'],
    [done.count, 'done yesterday'],
  ] as const
  const words = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return words.join(', ') || 'nothing to do'
}

type Tasks = Digest['due']
type PlannedDue = NonNullable<Tasks['tasks'][number]['due']>

function partsOf({ overdue, due, done, recipient }: Digest, publicUrl: string): DigestPart[] {
  const part = (heading: string, { tasks, count }: Tasks, when: (due: PlannedDue) => string | null) => ({
    heading,
    isLate: false,
    tasks: tasks.map(({ taskId, title, due }) => ({
      title,
      when: due && when(due),
      link: `${publicUrl}/all?task=${taskId}`,
    })),
    more: count - tasks.length,
  })
  const late = part('Overdue', overdue, (due) => dueWords(asDue(due, recipient), recipient, DAY_AND_TIME))
  // Of what is due on the day itself, the time says all.
  const today = part('Due today', due, (due) => (due.time ? dueWords(asDue(due, recipient), recipient, TIME) : null))
  const parts = [{ ...late, isLate: true }, today, part('Done yesterday', done, () => null)]
  return parts.filter(({ tasks }) => tasks.length > 0)
}

const TIME = { day: {}, time: { timeStyle: 'short' } } as const
const DAY_AND_TIME = { day: { dateStyle: 'medium' }, time: { timeStyle: 'short' } } as const

function asDue(due: PlannedDue, { timeZone }: Digest['recipient']) {
  return { due, dueAt: dueInstant({ ...due, timeZone: due.timeZone ?? timeZone }, timeZone) }
}

function dayWords(date: string, locale: string, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(`${date}T00:00Z`))
}

function digestText(content: DigestContent): string {
  const line = ({ title, when, link }: DigestPart['tasks'][number]) =>
    `- ${onOneLine(title)}${when ? ` (${when})` : ''}\n  ${link}\n`
  const parts = content.parts.map(({ heading, tasks, more }) => {
    const rest = more > 0 ? `… and ${more} more\n` : ''
    return `${heading}\n${tasks.map(line).join('')}${rest}\n`
  })
  return `${content.day}\n\n${parts.join('')}Open your day: ${content.link}\n\n${signature(content)}`
}
