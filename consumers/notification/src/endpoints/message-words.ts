import { dueWords } from '@todo/model/due-words'
import { digestSummary } from '../mail/digest-mail.ts'
import { onOneLine } from '../mail/one-line.ts'
import type { Notice } from '../message.ts'

export interface MessageWords {
  title: string
  body: string
  /** Where it is opened. */
  url: string
}

const DUE_STYLE = { day: { dateStyle: 'medium' }, time: { timeStyle: 'short' } } as const

/** A message in so few words as a notification has room for. */
export function messageWords({ about, data }: Notice, publicUrl: string): MessageWords {
  if (about === 'test') {
    const body = 'This is a test. Reminders will arrive here like this.'
    return { title: 'Todo Cloud', body, url: `${publicUrl}/settings` }
  }
  if (about === 'digest') return { title: 'Your day', body: digestSummary(data), url: `${publicUrl}/today` }
  const when = dueWords(data, data.recipient, DUE_STYLE)
  return {
    title: onOneLine(data.title),
    body: when ? `Due ${when}` : 'Reminder',
    url: `${publicUrl}/all?task=${data.taskId}`,
  }
}

/** At most so many bytes of UTF-8, cut between characters. */
export function shortened(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text
  let start = ''
  for (const character of text) {
    if (Buffer.byteLength(start) + Buffer.byteLength(character) > mostBytes - 3) break
    start += character
  }
  return `${start}…`
}
