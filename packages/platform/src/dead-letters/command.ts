import { parseArgs } from 'node:util'
import type { LetterChoice } from '../dead-letters.ts'
import { SERVICE_NAMES } from '../service.ts'
import type { ServiceName } from '../service.ts'

/** @param typed what the person types before the words: `npm run deadletters --`, for one */
export function deadLettersHelp(typed: string): string {
  const lines = [
    ['', 'lists them'],
    ['list <consumer>', `those of one consumer: ${SERVICE_NAMES.join(', ')}`],
    ['show <number>', 'one of them, in full'],
    ['replay <which>', 'gives them to their consumer again'],
    ['drop <which>', 'throws them away'],
  ].map(([words = '', what]) => [words ? `${typed} ${words}` : typed.replace(/ --$/, ''), what] as const)
  const width = Math.max(...lines.map(([command]) => command.length)) + 2
  const text = lines.map(([command, what]) => `  ${command.padEnd(width)}${what}`).join('\n')
  return `Events that a consumer could not handle.\n\n${text}\n\n  <which>: all, a consumer, or the numbers of letters\n`
}

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
