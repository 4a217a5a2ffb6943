import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

const run = promisify(execFile)
const MAX_OUTPUT = 256 * 1024 * 1024

/** What a command says. @throws with what it said of its failure */
export async function command(program: string, args: readonly string[], input?: string): Promise<string> {
  const running = run(program, args, { maxBuffer: MAX_OUTPUT })
  running.child.stdin?.end(input)
  try {
    return (await running).stdout
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string }
    throw new Error(`${program} ${args.slice(0, 8).join(' ')}: ${(stderr || stdout || String(error)).trim()}`, {
      cause: error,
    })
  }
}

export const kubectl = (...args: string[]): Promise<string> => command('kubectl', args)

export async function kubectlJson<T>(...args: string[]): Promise<T> {
  return JSON.parse(await kubectl(...args, '--output=json')) as T
}

export const apply = (manifest: unknown, ...args: string[]): Promise<string> =>
  command(
    'kubectl',
    ['apply', '--filename=-', ...args],
    typeof manifest === 'string' ? manifest : JSON.stringify(manifest),
  )

export const helm = (...args: string[]): Promise<string> => command('helm', args)

/** Runs a command line for a person to watch. @throws when it fails */
export async function shown(line: string, ...args: string[]): Promise<void> {
  const child = spawn('/bin/sh', ['-c', `${line} "$@"`, 'sh', ...args], { stdio: ['ignore', 'inherit', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`"${line}" ended with ${code}`)
}
