import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

export const REPOSITORY = fileURLToPath(new URL('../../../../', import.meta.url))
export const DOKS = 'k8s/clusters/doks'

export interface Outcome {
  /** 0 when all is well; -1 for a program that could not be started. */
  code: number
  stdout: string
  stderr: string
}

interface CommandOptions {
  /** A PATH in it comes before the tools and everything else. */
  env?: Record<string, string>
  input?: string
  cwd?: string
}

/** Runs a program in the repository, with an environment that says nothing of this test run. */
export async function command(program: string, args: string[], options: CommandOptions = {}): Promise<Outcome> {
  const { env = {}, input, cwd = REPOSITORY } = options
  const { HOME = '/', XDG_CACHE_HOME } = process.env
  const path = [env.PATH, inject('toolsPath')].filter(Boolean).join(':')
  const whole = { HOME, ...(XDG_CACHE_HOME ? { XDG_CACHE_HOME } : {}), ...env, PATH: path }
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd, env: whole, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    )
    // It may end without having read it.
    child.stdin?.on('error', () => {}).end(input ?? '')
  })
}

/** The files that git knows, and those that it would take. */
export async function trackedFiles(...patterns: string[]): Promise<string[]> {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard', '-z', '--', ...patterns]
  const { stdout } = await command('git', args)
  return [...new Set(stdout.split('\0').filter(Boolean))]
}
