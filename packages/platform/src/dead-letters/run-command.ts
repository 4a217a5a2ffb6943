import type { DeadLetters } from '../dead-letters.ts'
import { deadLettersHelp, parseCommand } from './command.ts'
import type { Command } from './command.ts'
import { letterLine, letterText } from './letter-text.ts'

export interface OpenDeadLetters {
  letters: DeadLetters
  close: () => Promise<void>
}

interface CommandOptions {
  /** What the person types before the words. */
  typed: string
  open: () => Promise<OpenDeadLetters>
  say: (text: string) => void
}

/**
 * Does what a command line asks for. Answers the exit code: 1 when a letter that was replayed stays.
 * @throws with one message for the person
 */
export async function runDeadLettersCommand(args: string[], { typed, open, say }: CommandOptions): Promise<number> {
  const command = parseCommand(args)
  if (command === 'help') {
    say(deadLettersHelp(typed))
    return 0
  }
  if (!command) throw new Error(`This is not understood.\n\n${deadLettersHelp(typed)}`)
  const { letters, close } = await open()
  try {
    return await run(letters, command, say)
  } finally {
    await close()
  }
}

type Say = CommandOptions['say']

async function run(letters: DeadLetters, { name, choice }: Command, say: Say): Promise<number> {
  if (name === 'replay') return replay(letters, choice, say)
  if (name === 'drop') {
    say(`Thrown away: ${await letters.drop(choice)}\n`)
    return 0
  }
  const found = await letters.list(choice)
  if (name === 'list') {
    say(found.map((letter) => `${letterLine(letter)}\n`).join(''))
    return 0
  }
  const [letter] = found
  if (!letter) throw new Error('There is no letter with that number.')
  say(letterText(letter))
  return 0
}

async function replay(letters: DeadLetters, choice: Command['choice'], say: Say): Promise<number> {
  const { delivered, failed } = await letters.replay(choice)
  say(`Delivered again: ${delivered}\n`)
  if (failed.length === 0) return 0
  say(`Failed again, and kept: ${failed.length}\n${failed.map((letter) => `${letterLine(letter)}\n`).join('')}`)
  return 1
}
