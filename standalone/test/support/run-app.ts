import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { endLeftoverServer } from '@todo/platform/postgres/pid-file'
import { pollUntil } from '@todo/platform/testing/poll-until'

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export interface AppProcess {
  child: ChildProcess
  /** Everything it has said so far. */
  said: () => string
  complained: () => string
  /** Its address, once it runs. */
  url: () => Promise<string>
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>
}

/** A folder that goes after the test, with whatever server still runs on it. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-data-'))
  onTestFinished(async () => {
    await endLeftoverServer(join(folder, 'postgres'))
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

/** The app as a process of its own, killed at the end of the test if it still runs. */
export function runApp(env: Record<string, string>, ...args: string[]): AppProcess {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE } = process.env
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH, HOME, NODE_COMPILE_CACHE, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { said: '', complained: '' }
  child.stdout.on('data', (data: Buffer) => (output.said += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output.complained += data.toString()))
  const ended = once(child, 'close').then(() => child.exitCode)
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const url = () =>
    pollUntil(
      () => {
        if (child.exitCode !== null) throw new Error(`it ended: ${output.complained}`)
        return /^Todo Cloud runs on (\S+)/m.exec(output.said)?.[1]
      },
      { timeoutMs: 20_000, what: 'the address' },
    )
  return { child, said: () => output.said, complained: () => output.complained, url, ended }
}

/** What it says, and its exit code, when it cannot start. */
export async function failToStart(env: Record<string, string>): Promise<{ line: string; code: number | null }> {
  const app = runApp(env)
  const code = await app.ended
  return { line: app.complained().trimEnd(), code }
}

/** Command lines of the processes that work on a folder. */
export async function processesOn(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-eo', 'args='])
  return stdout.split('\n').filter((command) => command.includes(folder))
}
