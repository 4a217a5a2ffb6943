import { parseArgs } from 'node:util'
import type { ParseArgsConfig } from 'node:util'
import { errorMessage } from './errors.ts'

type Options = NonNullable<ParseArgsConfig['options']>

/** The options that a command was called with. `--help` and one that it does not have are answered with its usage, and end it. */
export function readOptions<T extends Options>(options: T, usage: string, allowPositionals = false) {
  const all = { ...options, help: { type: 'boolean', short: 'h' } } as const
  try {
    const { values, positionals } = parseArgs({ allowPositionals, options: all })
    if (!(values as { help?: boolean }).help) return { values, positionals }
  } catch (error) {
    endWithUsage(`${errorMessage(error).split('. ')[0]}.`, usage)
  }
  process.stdout.write(`${usage}\n`)
  process.exit(0)
}

/** Says what is wrong with how a command was called, and ends it. */
export function endWithUsage(problem: string, usage: string): never {
  process.stderr.write(`${problem}\n\n${usage}\n`)
  process.exit(1)
}
