import type { DeadLetters } from '@todo/platform/dead-letters'
import { errorMessage } from '@todo/platform/errors'
import { HELP, parseCommand } from './command.ts'
import type { Command } from './command.ts'
import { letterLine, letterText } from './letter-text.ts'
import { openDeadLetters } from './open.ts'

try {
  await main()
} catch (error) {
  process.stderr.write(`${errorMessage(error)}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2))
  if (command === 'help') return say(HELP)
  if (!command) throw new Error(`This is not understood.\n\n${HELP}`)
  const { letters, close } = await openDeadLetters(process.env)
  try {
    await run(letters, command)
  } finally {
    await close()
  }
}

async function run(letters: DeadLetters, { name, choice }: Command): Promise<void> {
  if (name === 'drop') return say(`Thrown away: ${await letters.drop(choice)}\n`)
  if (name === 'replay') return replay(letters, choice)
  const found = await letters.list(choice)
  if (name === 'list') return say(found.map((letter) => `${letterLine(letter)}\n`).join(''))
  const [letter] = found
  if (!letter) throw new Error('There is no letter with that number.')
  say(letterText(letter))
}

async function replay(letters: DeadLetters, choice: Command['choice']): Promise<void> {
  const { delivered, failed } = await letters.replay(choice)
  say(`Delivered again: ${delivered}\n`)
  if (failed.length === 0) return
  say(`Failed again, and kept: ${failed.length}\n${failed.map((letter) => `${letterLine(letter)}\n`).join('')}`)
  process.exitCode = 1
}

function say(text: string): void {
  process.stdout.write(text)
}
