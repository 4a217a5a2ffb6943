import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pollUntil } from '@todo/platform/testing/poll-until'

const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))
const COMPILED = join(REPOSITORY, 'node_modules', '.cache', 'todo-cloud')
const KEPT_OUTPUT = 500_000

/** The program under test, as its own process. */
export interface Child {
  url: string
  /** What it has said lately. */
  output: () => string
  /** Ctrl-C, and then the end of the process. Answers its exit code. */
  stop: () => Promise<number | null>
  /** SIGKILL: it gets no chance to tidy up. */
  kill: () => Promise<void>
}

interface ChildOptions {
  main: string
  port: number
  env: Record<string, string>
  startMs?: number
}

/** Starts a program of ours on a port and resolves when it is ready for requests. */
export async function startChild({ main, port, env, startMs = 45_000 }: ChildOptions): Promise<Child> {
  const { PATH, HOME, XDG_CACHE_HOME } = process.env
  const given = { PATH, HOME, ...(XDG_CACHE_HOME ? { XDG_CACHE_HOME } : {}) }
  const child = spawn(process.execPath, [main], {
    cwd: REPOSITORY,
    // Compiled once for all starts, as `npm start` does.
    env: { ...given, NODE_COMPILE_CACHE: COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit')
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-KEPT_OUTPUT)
    })
  }
  const url = `http://127.0.0.1:${port}`
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal)
    await exited
    return child.exitCode
  }
  try {
    await Promise.race([untilReady({ url, child, startMs, said: () => said }), exited.then(() => failed(said))])
  } catch (error) {
    await end('SIGKILL')
    throw error
  }
  return { url, output: () => said, stop: () => end('SIGTERM'), kill: async () => void (await end('SIGKILL')) }
}

interface Starting {
  url: string
  child: ChildProcess
  startMs: number
  said: () => string
}

async function untilReady({ url, child, startMs, said }: Starting): Promise<void> {
  const isReady = async () => child.exitCode !== null || (await fetch(`${url}/readyz`)).status === 200
  await pollUntil(isReady, { timeoutMs: startMs, intervalMs: 25, what: 'the app is ready' }).catch((cause: unknown) => {
    throw new Error(`The app did not get ready. It said:\n${said()}`, { cause })
  })
}

function failed(said: string): never {
  throw new Error(`The app ended instead of starting. It said:\n${said}`)
}
