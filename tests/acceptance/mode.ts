import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endLeftoverServer } from '@todo/platform/postgres/pid-file'
import { freePort } from '@todo/platform/free-port'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { App, AppOptions } from './support/app.ts'
import { startChild } from './support/child.ts'
import type { Child } from './support/child.ts'
import { assertContract } from './support/event-contract.ts'
import { MailServer } from './support/mail-server.ts'
import { joinRelease } from './support/modes/cluster.ts'
import { distributed } from './support/modes/distributed.ts'
import { distributedOnRedis } from './support/modes/distributed-on-redis.ts'
import type { Mode } from './support/modes/mode.ts'
import { oneProcess } from './support/modes/one-process.ts'
import { failuresIn, logLines } from './support/logs.ts'
import { Person } from './support/person.ts'
import { readMetrics } from './support/metrics.ts'

export type { App } from './support/app.ts'

const MODES: Record<string, Mode> = { test: oneProcess, distributed, 'distributed on redis': distributedOnRedis }

/** Which one the stories run on: one process, where nothing else is asked for (left to itself, vitest says `test`). */
function modeOf(name: string): Mode {
  const known = MODES[name]
  if (!known) throw new Error(`MODE=${name} is none of ${Object.keys(MODES).join(', ')}, cluster`)
  return known
}

let people = 0

/** Starts the system, or joins the one that a cluster runs. */
export async function startApp(options: AppOptions = {}): Promise<App> {
  return process.env.MODE === 'cluster' ? joinRelease(options) : startOwn(modeOf(process.env.MODE ?? 'test'), options)
}

async function startOwn(mode: Mode, { env = {}, database }: AppOptions): Promise<App> {
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
    logLines: () => logLines(output()),
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
