import type { TodoEvent } from '@todo/model/events'
import type { KeptLetter } from '@todo/platform/embedded/dead-letters'

/** One line: when, which consumer, which event, and what became of it. */
export function letterLine({ consumer, event, error, attempts, failedAt }: KeptLetter): string {
  const { type = 'unreadable', id = '', subject = '' } = (event ?? {}) as Partial<TodoEvent>
  const tries = attempts === 1 ? '1 try' : `${attempts} tries`
  return `${failedAt.toISOString()}  ${consumer}  ${type} ${id} of ${subject}: ${error.split('\n')[0]} (${tries})`
}
