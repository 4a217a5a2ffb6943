import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@todo/platform/free-port'
import { withAdmin } from '@todo/topics/kafka-admin'
import { lastWords, ProcessStartError, startProcess, untilReady } from './child.ts'
import type { RunningProcess } from './child.ts'
import { kafkaJars } from './kafka-jars.ts'
import type { Surroundings } from './surroundings.ts'
import { findJava } from './toolchain.ts'

const START_MS = 90_000
const STOP_MS = 20_000
const LOG_SETTINGS = fileURLToPath(new URL('../runtime/kafka-log4j2.properties', import.meta.url))
/** Any 16 bytes in base64url: there is no other cluster that it could be taken for. */
const CLUSTER_ID = 'VG9kb0Nsb3VkTG9jYWwxMA'

export interface KafkaOptions extends Surroundings {
  /** Its data, its settings and its log; the same one after a restart. */
  dataFolder: string
  /** A free one when left out. */
  port?: number
  /** In the data folder when left out. */
  logFile?: string
}

export interface Kafka extends RunningProcess {
  /** For clients: host:port. */
  brokers: string
  port: number
}

/**
 * One Kafka broker in KRaft mode, on the loopback interface. Its topics have to be made (`createTopics`).
 * @throws StartError or ProcessStartError
 */
export async function startKafka(options: KafkaOptions): Promise<Kafka> {
  const { dataFolder, env, onSpawn } = options
  const [java, jars] = await Promise.all([findJava(env), kafkaJars(options)])
  const port = options.port ?? (await freePort())
  const settingsFile = join(dataFolder, 'server.properties')
  const logFile = options.logFile ?? join(dataFolder, 'kafka.log')
  const jvm = jvmOf(java, jars, env, logFile)
  await mkdir(dataFolder, { recursive: true })
  await writeFile(settingsFile, settingsText({ dataFolder, port, controllerPort: await freePort() }))
  await formatOnce(dataFolder, settingsFile, jvm)
  const child = await startProcess({ ...jvm('kafka.Kafka', settingsFile), onSpawn })
  const brokers = `127.0.0.1:${port}`
  await untilReady(child, () => answers(brokers), { what: 'Kafka', logFile, withinMs: START_MS })
  return { ...child, brokers, port }
}

/** The quick compiler and collector alone: it starts sooner, and a laptop's load is small. */
const QUICK_START = '-Xmx384m -XX:+UseSerialGC -XX:TieredStopAtLevel=1'

function jvmOf(java: string, jars: string, env: KafkaOptions['env'], logFile: string) {
  const tuning = [
    ...(env.KAFKA_JVM_PERFORMANCE_OPTS?.trim() || QUICK_START).split(/\s+/),
    '-XX:+ExitOnOutOfMemoryError',
  ]
  const log = [`-Dlog4j2.configurationFile=${LOG_SETTINGS}`, '-Djava.awt.headless=true']
  return (...main: string[]) => ({
    program: java,
    args: [...tuning, ...log, '-cp', join(jars, '*'), ...main],
    // Names of files are in the locale's encoding, which has to have all of them.
    env: { PATH: env.PATH, HOME: env.HOME, TZ: 'UTC', LC_ALL: 'C.UTF-8' },
    output: logFile,
    stopWithinMs: STOP_MS,
  })
}

async function answers(brokers: string): Promise<boolean> {
  await withAdmin(brokers, (admin) => admin.listTopics())
  return true
}

/** With a mark of its own at the end: one that was cut short is done again. */
async function formatOnce(dataFolder: string, settingsFile: string, jvm: ReturnType<typeof jvmOf>): Promise<void> {
  const mark = join(dataFolder, 'formatted')
  const isFormatted = await stat(mark).catch(() => null)
  if (isFormatted) return
  await rm(join(dataFolder, 'data'), { recursive: true, force: true })
  const command = jvm('kafka.tools.StorageTool', 'format', '-t', CLUSTER_ID, '-c', settingsFile)
  const code = await startProcess(command).then(({ exited }) => exited)
  if (code !== 0) throw new ProcessStartError(`Kafka's folder could not be made: ${await lastWords(command.output)}`)
  await writeFile(mark, '')
}

interface Places {
  dataFolder: string
  port: number
  controllerPort: number
}

function settingsText({ dataFolder, port, controllerPort }: Places): string {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': join(dataFolder, 'data').replaceAll('\\', '/'),
    // A topic that nobody made is a mistake, and must not be hidden by one with chance settings.
    'auto.create.topics.enable': false,
    // A request is handed from thread to thread: with fewer of them, fewer have to be woken up.
    'num.network.threads': 1,
    'num.io.threads': 2,
    'offsets.topic.num.partitions': 6,
    'offsets.topic.replication.factor': 1,
    // Longer than any topic is kept: a consumer that was away for weeks goes on where it was.
    'offsets.retention.minutes': 60 * 24 * 120,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // After a kill it takes so long until the controller lets the same broker in again: 3 s, and not 9.
    'broker.heartbeat.interval.ms': 500,
    'broker.session.timeout.ms': 3_000,
    'log.cleaner.dedupe.buffer.size': 4 * 1024 * 1024,
  }
  const text = Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
  return escapeForProperties(text)
}

/** java.util.Properties reads ISO 8859-1, and the rest as \\uXXXX. */
function escapeForProperties(text: string): string {
  const isPlain = (unit: string) => unit.charCodeAt(0) < 128
  const escape = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return text
    .split('')
    .map((unit) => (isPlain(unit) ? unit : escape(unit)))
    .join('')
}
