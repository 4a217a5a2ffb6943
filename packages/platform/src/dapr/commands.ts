import { parseArgs } from 'node:util'
import { runDeadLettersCommand } from '../dead-letters/run-command.ts'
import { helpText } from '../help-text.ts'
import { createLog } from '../log.ts'
import type { AnyService } from '../service.ts'
import { SidecarConfig, WithDatabase, WithoutDatabase } from './config.ts'
import { LETTER_KEEPER } from './topics.ts'

export interface CommandLine {
  env: Record<string, string | undefined>
  args: string[]
  /** How the person started it. */
  program: string
  say: (text: string) => void
}

/**
 * What else the program of a service does than run it. Answers the exit code.
 * @throws with one message for the person
 */
export async function runCommand(service: AnyService, { env, args, program, say }: CommandLine): Promise<number> {
  const [name = '', ...rest] = args
  const usage = usageOf(service, program)
  if (name === '--help' || name === '-h') {
    const process = service.migrations ? WithDatabase : WithoutDatabase
    say(helpText(usage, [SidecarConfig, process, service.config]))
    return 0
  }
  if (name === 'migrate') {
    const isDryRun = parseMigrate(rest, usage)
    const { migrateByCommand } = await import('./migrate-command.ts')
    await migrateByCommand(service, env, { isDryRun, say })
    return 0
  }
  if (name === 'deadletters' && service.name === LETTER_KEEPER) {
    const log = createLog('deadletters', 'warn', process.stderr)
    const open = async () => (await import('./open-dead-letters.ts')).openDaprDeadLetters(env, log)
    return runDeadLettersCommand(rest, { typed: `${program} deadletters`, open, say })
  }
  throw new Error(`${service.name} does not know "${args.join(' ')}".\n\n${usage}`)
}

function parseMigrate(args: string[], usage: string): boolean {
  try {
    const { values } = parseArgs({ args, options: { 'dry-run': { type: 'boolean', default: false } } })
    return values['dry-run']
  } catch {
    throw new Error(`"migrate" does not know "${args.join(' ')}".\n\n${usage}`)
  }
}

function usageOf({ name }: AnyService, program: string): string {
  const lines = [
    ['', `runs the service ${name} beside its sidecar`],
    ['migrate', 'applies its migrations to the database at DATABASE_URL'],
    ['migrate --dry-run', 'runs them all in one transaction, and takes it back'],
    ...(name === LETTER_KEEPER ? [['deadletters --help', 'looks after events that a consumer could not handle']] : []),
    ['--help', 'shows this'],
  ]
  const width = Math.max(...lines.map(([words = '']) => words.length)) + program.length + 3
  return lines.map(([words, what]) => `  ${`${program} ${words}`.padEnd(width)}${what}\n`).join('')
}
