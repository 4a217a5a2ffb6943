import type { TodoEvent } from '@todo/model/events'
import type { KeptLetter } from '../dead-letters.ts'

/** One line: its number, when, which consumer, which event, and what became of it. */
export function letterLine(letter: KeptLetter): string {
  const { consumer, error, failedAt } = letter
  const [reason = ''] = error.split('\n')
  return `${letter.id}  ${failedAt.toISOString()}  ${consumer}  ${nameOf(letter)}: ${reason} (${tries(letter)})`
}

/** Everything about one letter, its event at the end. */
export function letterText(letter: KeptLetter): string {
  const { event, error, consumer, topic, failedAt } = letter
  const head = `Letter ${letter.id}: ${consumer} could not handle it (${topic}, ${tries(letter)})\n`
  return `${head}${failedAt.toISOString()}\n\n${error}\n\n${JSON.stringify(event, null, 2)}\n`
}

function nameOf({ event }: KeptLetter): string {
  const { type, id, subject }: Partial<TodoEvent> = typeof event === 'object' && event !== null ? event : {}
  return [type ?? 'unreadable', id, subject && `of ${subject}`].filter(Boolean).join(' ')
}

function tries({ attempts }: KeptLetter): string {
  return attempts === 1 ? '1 try' : `${attempts} tries`
}
