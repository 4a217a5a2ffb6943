import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { loadConfig } from '@todo/platform/config'
import { freePort } from '@todo/platform/free-port'
import { createLog } from '@todo/platform/log'
import { makeDataFolder } from '@todo/standalone/data-folder'
import { explainFileError, explainListenError } from '@todo/standalone/explain'
import { lockDataFolder } from '@todo/standalone/instance-lock'
import { confirmEmail } from '@todo/standalone/mail-notice'
import { loadSecrets } from '@todo/standalone/secrets'
import { webRoot } from '@todo/standalone/web-root'
import { DistributedConfig } from './config.ts'
import { layFoundation } from './foundation.ts'
import type { Foundation } from './foundation.ts'
import { House } from './house.ts'
import { startPairs } from './pairs.ts'
import type { SidecarAccess } from './pairs.ts'
import { processTable } from './process-table.ts'
import { prepareRuntimes } from './runtimes.ts'
import { SERVICE_MAINS } from './services.ts'
import type { ServiceMains } from './services.ts'

const HOST = '127.0.0.1'

type Env = Record<string, string | undefined>

export interface DistributedOptions {
  /** Where our own log goes, as JSON lines. */
  logTo: { write: (line: string) => void }
  /** What a service says besides its log. */
  onLine: (service: string, line: string) => void
  /** What is going on while it starts and stops. */
  tell: (line: string) => void
  /** It cannot go on, and should be stopped. */
  onLost: (reason: string) => void
  /** The start is not wanted any more. */
  signal: AbortSignal
  mains?: ServiceMains
}

export interface Distributed {
  /** The address for people. */
  url: string
  /** What runs now. */
  table: () => string
  /** In order: the services drain while their sidecars run, the database goes last. */
  stop: () => Promise<void>
}

/**
 * The whole app as five services, each beside its sidecar, with everything that they need, on this machine.
 * @param env what `--help` lists
 * @throws ConfigError, StartError or ProcessStartError, with one message for the person who starts it
 */
export async function startDistributed(env: Env, options: DistributedOptions): Promise<Distributed> {
  const config = loadConfig(DistributedConfig, env)
  const { tell, signal } = options
  const log = createLog('supervisor', config.LOG_LEVEL, options.logTo)
  const house = new House({ config, log, env, tell, signal })
  try {
    return await compose(house, options)
  } catch (error) {
    await house.stop()
    throw explainFileError(explainListenError(error, { HOST, PORT: config.PORT }), config.DATA_DIR)
  }
}

async function compose(house: House, options: DistributedOptions): Promise<Distributed> {
  const { config, surroundings } = house
  const { env, tell } = surroundings
  await makeDataFolder(config.DATA_DIR)
  house.onStop(await lockDataFolder(config.DATA_DIR))
  await mkdir(house.folder, { recursive: true, mode: 0o700 })
  await endLeftovers(house)
  const port = config.PORT === 0 ? await freePort() : config.PORT
  await assertFree(port)
  await house.unlessStopped(prepareRuntimes(surroundings, { kafka: !config.REDIS_HOST }))
  const { DATABASE_PASSWORD, ...own } = await loadSecrets(config.DATA_DIR)

  tell(
    config.REDIS_HOST
      ? "Starting PostgreSQL and Dapr's scheduler …"
      : "Starting PostgreSQL, Kafka and Dapr's scheduler …",
  )
  const { onLost } = options
  const foundation = await layFoundation(house, { databasePassword: DATABASE_PASSWORD, onLost })
  tell('Starting the services and their sidecars …')
  const url = config.PUBLIC_URL ?? `http://localhost:${port}`
  const given = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])))
  const access = await startPairs(house, {
    mains: options.mains ?? SERVICE_MAINS,
    foundation,
    given: { PUBLIC_URL: url, CONFIRM_EMAIL: confirmEmail(url, env), ...(await webRoot()), ...given },
    confidences: {
      AUTH_SECRET: given.AUTH_SECRET ?? own.AUTH_SECRET,
      STREAM_SECRET: given.STREAM_SECRET ?? own.STREAM_SECRET,
      CHANNEL_SECRET: given.CHANNEL_SECRET ?? own.CHANNEL_SECRET,
      DATABASE_URL: foundation.databaseUrl,
      DATABASE_POOLED_URL: config.DATABASE_POOLED_URL ?? '',
    },
    port,
    onLine: options.onLine,
  })
  await leaveNote(house, { ...access, databaseUrl: foundation.databaseUrl })
  return { url, table: () => tableOf(house, foundation), stop: () => stop(house) }
}

async function endLeftovers(house: House): Promise<void> {
  const ended = await house.register.endLeftovers()
  if (ended.length > 0) house.surroundings.tell(`Ended what a killed start had left running: ${ended.join(', ')}`)
}

/** Before minutes are spent on the rest. */
async function assertFree(port: number): Promise<void> {
  const server = createServer().listen(port, HOST)
  await once(server, 'listening')
  server.close()
  await once(server, 'close')
}

/** Where commands such as `npm run deadletters` find what runs. */
async function leaveNote(house: House, note: SidecarAccess & { databaseUrl: string }): Promise<void> {
  const file = join(house.config.DATA_DIR, 'distributed.json')
  await writeFile(file, JSON.stringify(note), { mode: 0o600 })
  house.onStop(() => rm(file, { force: true }))
}

async function stop(house: House): Promise<void> {
  house.surroundings.tell('Stopping the services, their sidecars, and what they stand on …')
  await house.stop()
  await house.register.clear()
}

function tableOf(house: House, { postgres }: Foundation): string {
  const database = postgres ? [{ name: 'postgres', pid: postgres.pid(), address: 'a socket in its folder' }] : []
  return processTable([...database, ...house.rows()])
}
