import type { TodoEvent } from '@todo/model/events'
import type { KeptLetter } from '@todo/platform/dead-letters'

/** One line: its number, when, which consumer, which event, and what became of it. */
export function letterLine(letter: KeptLetter): string {
  const { type = 'unreadable', id = '', subject = '' } = eventOf(letter)
  const { consumer, error, failedAt } = letter
  const [reason = ''] = error.split('\n')
  return `${letter.id}  ${failedAt.toISOString()}  ${consumer}  ${type} ${id} of ${subject}: ${reason} (${tries(letter)})`
}

/** Everything about one letter, its event at the end. */
export function letterText(letter: KeptLetter): string {
  const { event, error, consumer, topic, failedAt } = letter
  const head = `Letter ${letter.id}: ${consumer} could not handle it (${topic}, ${tries(letter)})\n`
  return `${head}${failedAt.toISOString()}\n\n${error}\n\n${JSON.stringify(event, null, 2)}\n`
}

function eventOf({ event }: KeptLetter): Partial<TodoEvent> {
  return typeof event === 'object' && event !== null ? event : {}
}

function tries({ attempts }: KeptLetter): string {
  return attempts === 1 ? '1 try' : `${attempts} tries`
}
