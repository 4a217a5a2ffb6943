import type { DestinationStream } from 'pino'
import { auditService } from '@todo/audit'
import { backendService } from '@todo/backend'
import { notificationService } from '@todo/notification'
import { given, loadConfig, loadConfigs } from '@todo/platform/config'
import type { AnyService } from '@todo/platform/service'
import { freePort } from '@todo/platform/free-port'
import { createLog } from '@todo/platform/log'
import { openTracing } from '@todo/platform/tracing/tracing'
import { realtimeService } from '@todo/realtime'
import { recurringTaskService } from '@todo/recurring-task'
import { StandaloneConfig } from './config.ts'
import { makeDataFolder } from './data-folder.ts'
import { lockDatabase } from './database-lock.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { explainFileError, explainListenError, explainStatementError } from './explain.ts'
import { lockDataFolder } from './instance-lock.ts'
import { confirmEmail, levelOf } from './mail-notice.ts'
import { loadSecrets } from './secrets.ts'
import { webRoot } from './web-root.ts'

export const SERVICES: readonly AnyService[] = [
  backendService,
  auditService,
  realtimeService,
  notificationService,
  recurringTaskService,
]

type Env = Record<string, string | undefined>

export interface StandaloneOptions {
  logTo?: DestinationStream
  /** It cannot go on, and should be stopped. */
  onLost?: (reason: string) => void
}

export interface Standalone {
  /** The address for people. */
  url: string
  config: StandaloneConfig
  /** Drains and stops everything, the built-in database last. */
  stop: () => Promise<void>
}

/**
 * The whole app in this process.
 * @param env what `--help` lists
 * @throws ConfigError or StartError, with one message for the person who starts it
 */
export async function startStandalone(env: Env, options: StandaloneOptions = {}): Promise<Standalone> {
  const config = checkSettings(env)
  const closers: (() => Promise<void>)[] = []
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close()
  }
  try {
    return await compose({ env, config, options, closers, stop })
  } catch (error) {
    await stop()
    const explained = explainListenError(explainStatementError(error, config.DATABASE_URL), config)
    throw explainFileError(explained, config.DATA_DIR)
  }
}

/** All problems of all schemas, before anything is made. Secrets that are not given come later, from the data folder. */
function checkSettings(env: Env): StandaloneConfig {
  const later = 'x'.repeat(32)
  const secrets = { AUTH_SECRET: later, STREAM_SECRET: later, CHANNEL_SECRET: later }
  const complete = { PUBLIC_URL: 'http://localhost', ...secrets, ...given(env) }
  const services = Object.fromEntries(SERVICES.map(({ name, config }) => [name, config]))
  loadConfigs({ standalone: StandaloneConfig, ...services }, complete)
  return loadConfig(StandaloneConfig, env)
}

interface Composition {
  env: Env
  config: StandaloneConfig
  options: StandaloneOptions
  closers: (() => Promise<void>)[]
  stop: () => Promise<void>
}

async function compose({ env, config, options, closers, stop }: Composition): Promise<Standalone> {
  const { DATA_DIR, HOST } = config
  const logOf = (name: string) => createLog(name, levelOf(name, config.LOG_LEVEL, env), options.logTo)
  const log = logOf('standalone')
  const onLost = options.onLost ?? ((reason) => log.error(reason))

  await makeDataFolder(DATA_DIR)
  closers.push(await lockDataFolder(DATA_DIR))
  const { DATABASE_PASSWORD, ...secrets } = await loadSecrets(DATA_DIR)
  const databaseUrl = config.DATABASE_URL ?? (await builtIn(DATABASE_PASSWORD))
  const lost = 'Another Todo Cloud has taken over this database: this one ends.'
  const lock = await lockDatabase({ url: databaseUrl, log, onLost: () => onLost(lost) })
  closers.push(lock.release)

  const port = config.PORT === 0 ? await freePort() : config.PORT
  const url = config.PUBLIC_URL ?? `http://localhost:${port}`
  const defaults = { ...secrets, PUBLIC_URL: url, CONFIRM_EMAIL: confirmEmail(url, env), ...(await webRoot()) }
  const tracing = await openTracing({ endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT, log })
  closers.push(tracing.stop)
  // Not before the settings are right: half a second, with all that the services are made of.
  const { startEmbedded } = await import('@todo/platform/embedded/runtime')
  const app = await startEmbedded({
    services: SERVICES,
    env: { ...defaults, ...given(env) },
    databaseUrl,
    logOf,
    listen: { host: HOST, port },
    trustProxy: config.TRUST_PROXY,
    tracing,
  })
  closers.push(() => app.stop())
  return { url, config, stop }

  async function builtIn(password: string): Promise<string> {
    const postgres = await startEmbeddedPostgres({
      dataFolder: DATA_DIR,
      password,
      log,
      onLost: (error) => onLost((error as Error).message),
    })
    closers.push(postgres.stop)
    return postgres.url
  }
}
