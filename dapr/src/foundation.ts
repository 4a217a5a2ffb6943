import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '@todo/platform/free-port'
import { lockDatabase } from '@todo/standalone/database-lock'
import { startEmbeddedPostgres } from '@todo/standalone/embedded-postgres'
import { createTopics } from '@todo/topics/apply-topics'
import { renderComponents } from './components.ts'
import type { BusAddress, RenderedComponents } from './components.ts'
import type { House } from './house.ts'
import { startKafka } from './kafka.ts'
import { startScheduler } from './scheduler.ts'

/** What services and sidecars stand on. */
export interface Foundation extends RenderedComponents {
  databaseUrl: string
  /** Where the database runs, for people; null when it is not ours. */
  postgres: { pid: () => number } | null
  schedulerAddress: string
}

interface FoundationOptions {
  databasePassword: string
  /** It cannot go on, and should be stopped. */
  onLost: (reason: string) => void
}

/** Starts PostgreSQL, Kafka and the scheduler, all at once, and writes down for the sidecars where they are. */
export async function layFoundation(house: House, options: FoundationOptions): Promise<Foundation> {
  const logs = join(house.folder, 'logs')
  await rm(`${logs}.old`, { recursive: true, force: true })
  await rename(logs, `${logs}.old`).catch(() => undefined)
  await mkdir(logs, { recursive: true })
  // Names of sidecars that are gone lead to nobody, or to somebody else.
  const run = join(house.folder, 'run')
  await rm(run, { recursive: true, force: true })
  const [database, bus, schedulerAddress] = await Promise.all([
    startDatabase(house, options),
    startBus(house),
    runScheduler(house),
  ])
  const rendered = await renderComponents({ folder: run, bus, databaseUrl: database.databaseUrl })
  return { ...rendered, ...database, schedulerAddress }
}

async function startDatabase(
  house: House,
  { databasePassword, onLost }: FoundationOptions,
): Promise<Pick<Foundation, 'databaseUrl' | 'postgres'>> {
  const { config, log } = house
  const postgres = config.DATABASE_URL
    ? null
    : await startEmbeddedPostgres({
        dataFolder: config.DATA_DIR,
        password: databasePassword,
        log,
        onLost: (error) => onLost((error as Error).message),
      })
  if (postgres) house.onStop(postgres.stop)
  const databaseUrl = config.DATABASE_URL ?? postgres?.url ?? ''
  // The one-process mode on the same database would take the half of the events.
  const lost = 'Another Todo Cloud has taken over this database: this one ends.'
  const lock = await lockDatabase({ url: databaseUrl, log, onLost: () => onLost(lost) })
  house.onStop(lock.release)
  return { databaseUrl, postgres }
}

async function startBus(house: House): Promise<BusAddress> {
  const { REDIS_HOST } = house.config
  if (REDIS_HOST) return { redisHost: REDIS_HOST }
  const port = await freePort()
  const dataFolder = join(house.folder, 'kafka')
  const logFile = join(house.folder, 'logs', 'kafka.log')
  await house.run({
    name: 'kafka',
    stage: 'Kafka',
    port,
    start: async (onSpawn) => {
      const kafka = await startKafka({ ...house.surroundings, dataFolder, logFile, port, onSpawn })
      await createTopics(kafka.brokers)
      return kafka
    },
  })
  return { brokers: `127.0.0.1:${port}` }
}

async function runScheduler(house: House): Promise<string> {
  const port = await freePort()
  const dataFolder = join(house.folder, 'scheduler')
  const logFile = join(house.folder, 'logs', 'scheduler.log')
  await house.run({
    name: 'scheduler',
    stage: 'scheduler',
    port,
    start: (onSpawn) => startScheduler({ ...house.surroundings, dataFolder, logFile, port, onSpawn }),
  })
  return `127.0.0.1:${port}`
}
