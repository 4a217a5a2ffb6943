import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { ProcessRegister } from '@todo/dapr/process-register'
import { endLeftoverServer } from '@todo/platform/postgres/pid-file'
import { pollUntil } from '@todo/platform/testing/poll-until'

const MAIN = fileURLToPath(new URL('../../../dapr/src/main.ts', import.meta.url))

interface ListedProcess {
  name: string
  pid: number
  port: number
}

export interface DistributedApp {
  said: () => string
  complained: () => string
  /** Its address, once everything is ready. */
  url: () => Promise<string>
  /** What it has written down about what runs. */
  processes: () => Promise<ListedProcess[]>
  kill: (signal: NodeJS.Signals) => void
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>
}

/** A folder that goes after the test, with whatever still runs on it. */
export async function makeDataFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-data-'))
  onTestFinished(async () => {
    await new ProcessRegister(join(folder, 'distributed', 'processes.json')).endLeftovers()
    await endLeftoverServer(join(folder, 'postgres'))
    await rm(folder, { recursive: true, force: true })
  })
  return folder
}

/** `npm run start:distributed` as a process of its own, killed at the end of the test if it still runs. */
export function runDistributed(dataFolder: string, env: Record<string, string> = {}): DistributedApp {
  const { PATH = '', HOME = '', XDG_CACHE_HOME = '', NODE_COMPILE_CACHE } = process.env
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH, HOME, XDG_CACHE_HOME, NODE_COMPILE_CACHE, PORT: '0', DATA_DIR: dataFolder, ...env },
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
      { timeoutMs: 50_000, what: 'the address' },
    )
  return {
    said: () => output.said,
    complained: () => output.complained,
    url,
    processes: async () => {
      const text = await readFile(join(dataFolder, 'distributed', 'processes.json'), 'utf8')
      return JSON.parse(text) as ListedProcess[]
    },
    kill: (signal) => void child.kill(signal),
    ended,
  }
}
