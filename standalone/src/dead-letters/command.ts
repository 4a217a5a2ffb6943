import { parseArgs } from 'node:util'
import type { LetterChoice } from '@todo/platform/dead-letters'
import { SERVICE_NAMES } from '@todo/platform/service'
import type { ServiceName } from '@todo/platform/service'

export const HELP = `Events that a consumer could not handle.

  npm run deadletters                     lists them
  npm run deadletters -- list <consumer>  those of one consumer: ${SERVICE_NAMES.join(', ')}
  npm run deadletters -- show <number>    one of them, in full
  npm run deadletters -- replay <which>   gives them to their consumer again
  npm run deadletters -- drop <which>     throws them away

  <which>: all, a consumer, or the numbers of letters
`

const COMMANDS = ['list', 'show', 'replay', 'drop'] as const

export interface Command {
  name: (typeof COMMANDS)[number]
  choice: LetterChoice
}

/** What the command line asks for; null for what is not understood. */
export function parseCommand(args: string[]): Command | 'help' | null {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { help: { type: 'boolean' } } })
  const [given = 'list', ...which] = positionals
  const name = COMMANDS.find((command) => command === given)
  if (values.help) return 'help'
  if (!name) return null
  const choice = which.length === 0 && name === 'list' ? 'all' : choiceOf(which)
  if (!choice || (name === 'show' && !isOne(choice))) return null
  return { name, choice }
}

function choiceOf(which: string[]): LetterChoice | null {
  const [first = ''] = which
  if (which.length > 0 && which.every((id) => /^\d{1,18}$/.test(id))) return { ids: which }
  if (which.length !== 1) return null
  if (first === 'all') return 'all'
  return isConsumer(first) ? { consumer: first } : null
}

function isOne(choice: LetterChoice): boolean {
  return typeof choice === 'object' && 'ids' in choice && choice.ids.length === 1
}

function isConsumer(name: string): name is ServiceName {
  return SERVICE_NAMES.includes(name as ServiceName)
}
