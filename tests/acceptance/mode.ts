import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endLeftoverServer } from '@todo/platform/postgres/pid-file'
import { freePort } from '@todo/platform/free-port'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TodoEvent } from '@todo/model/events'
import { startChild } from './support/child.ts'
import type { Child } from './support/child.ts'
import { assertContract } from './support/event-contract.ts'
import { MailServer } from './support/mail-server.ts'
import { distributed } from './support/modes/distributed.ts'
import { distributedOnRedis } from './support/modes/distributed-on-redis.ts'
import type { Mode } from './support/modes/mode.ts'
import { oneProcess } from './support/modes/one-process.ts'
import { Person } from './support/person.ts'
import { readMetrics } from './support/metrics.ts'
import type { Sample } from './support/metrics.ts'

const MODES: Record<string, Mode> = { test: oneProcess, distributed, 'distributed on redis': distributedOnRedis }

/** Which one the stories run on: one process, where nothing else is asked for (left to itself, vitest says `test`). */
const mode = modeOf(process.env.MODE ?? 'test')

function modeOf(name: string): Mode {
  const known = MODES[name]
  if (!known) throw new Error(`MODE=${name} is none of ${Object.keys(MODES).join(', ')}`)
  return known
}

export interface AppOptions {
  env?: Record<string, string>
  /** Its own one, or the address of one that the story looks after; a fresh one of the test run when left out. */
  database?: 'built-in' | (string & {})
}

/** The running system, as the stories know it, whatever the mode. */
export interface App {
  url: string
  /** For a look behind the scenes, at what people cannot see; null when it is the built-in one. */
  databaseUrl: string | null
  dataFolder: string
  /** The server that its mails go to. */
  smtp: MailServer
  /** Every event that went onto the bus so far, each once. */
  events: () => Promise<TodoEvent[]>
  /** Types of events that `events` cannot have. */
  unseen: readonly string[]
  /** What all of its processes tell Prometheus now. */
  metrics: () => Promise<Sample[]>
  /** A new account, with a session. */
  signUp: (name?: string, profile?: Record<string, unknown>) => Promise<Person>
  /** Failures of ours that it has told its operator of lately, and their reasons. */
  failures: () => string[]
  /** All that it has said since its last start. */
  said: () => string
  /** What it has said lately in its log. */
  logLines: () => Record<string, unknown>[]
  /** Ends it in order. Answers the exit code. */
  stop: () => Promise<number | null>
  /** SIGKILL: it gets no chance to tidy up. */
  kill: () => Promise<void>
  /** Starts it again after `stop` or `kill`, under the same address and on the same data. */
  restart: () => Promise<void>
  /** At the end of a file: checks its events against the contract, and removes everything. */
  close: () => Promise<void>
}

let people = 0

/** Starts the system. */
export async function startApp({ env = {}, database }: AppOptions = {}): Promise<App> {
  const smtp = new MailServer()
  await smtp.start()
  const own = database === undefined ? await createTestDatabase() : null
  const databaseUrl = own?.url ?? (database === 'built-in' ? null : database) ?? null
  const dataFolder = await mkdtemp(join(tmpdir(), 'todo-cloud-acceptance-'))
  const port = await freePort()
  const bus = await mode.startBus?.()
  const insides = { databaseUrl, dataFolder, busAddress: bus?.address ?? null }
  const start = () =>
    startChild({ ...mode, port, env: { ...settings({ port, databaseUrl, dataFolder, smtp }), ...bus?.env, ...env } })
  const remove = async () => {
    await bus?.stop()
    await own?.close()
    await smtp.stop()
    await endLeftoverServer(join(dataFolder, 'postgres'))
    await rm(dataFolder, { recursive: true, force: true })
  }
  const first = await start().catch(async (error: unknown) => {
    await remove()
    throw error
  })
  let child: Child | null = first
  let { output } = first
  await mode.capture(insides)
  const end = async (how: 'stop' | 'kill') => {
    const ending = child
    child = null
    return (await ending?.[how]()) ?? null
  }
  return {
    url: `http://127.0.0.1:${port}`,
    databaseUrl,
    dataFolder,
    smtp,
    events: () => mode.events(insides),
    unseen: mode.unseen,
    metrics: async () => readMetrics(await mode.metricsUrls(`http://127.0.0.1:${port}`, insides)),
    signUp: (name = 'Ada', profile = {}) => {
      people += 1
      return new Person(`http://127.0.0.1:${port}`, `${name.toLowerCase()}-${people}@example.org`).signUp(name, profile)
    },
    failures: () => failuresIn(output()),
    said: () => output(),
    logLines: () => output().split('\n').flatMap(logLine),
    stop: () => end('stop'),
    kill: async () => {
      await end('kill')
      await mode.killRest(insides)
    },
    restart: async () => {
      child = await start()
      output = child.output
    },
    close: async () => {
      if (process.env.SHOW_OUTPUT) console.log(output())
      try {
        if (child) assertContract(await mode.events(insides))
        await end('stop')
      } finally {
        await remove()
      }
    },
  }
}

function logLine(line: string): Record<string, unknown>[] {
  try {
    return line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []
  } catch {
    // The beginning is cut off, or the end is still to come.
    return []
  }
}

function failuresIn(output: string): string[] {
  const lines = output
    .split('\n')
    .filter((line) => line.includes('"level":"error"') && line.includes('"code":"internal"'))
  return lines.map((line) => /"reason":"((?:[^"\\]|\\.)*)"/.exec(line)?.[1] ?? line.slice(0, 500))
}

interface Settings {
  port: number
  databaseUrl: string | null
  dataFolder: string
  smtp: MailServer
}

function settings({ port, databaseUrl, dataFolder, smtp }: Settings): Record<string, string> {
  return {
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: databaseUrl ?? '',
    DATA_DIR: dataFolder,
    SMTP_URL: smtp.url,
    LOG_LEVEL: 'warn',
    // The receivers of the stories are on this machine.
    PRIVATE_ADDRESSES: 'allow',
    // Every story signs several people up.
    CREDENTIAL_TRIES_PER_MINUTE: '10000',
  }
}
