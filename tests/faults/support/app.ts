import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { withAdmin } from '@todo/topics/kafka-admin'
import { ProcessRegister } from '@todo/dapr/process-register'
import { freePort } from '@todo/platform/free-port'
import { endLeftoverServer } from '@todo/platform/postgres/pid-file'
import { accepts } from '@todo/platform/testing/accepts'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startChild } from '../../acceptance/support/child.ts'
import type { Child } from '../../acceptance/support/child.ts'
import { MailServer } from '../../acceptance/support/mail-server.ts'
import { HeldJava } from './held-java.ts'
import { familyOf, signal } from './machine-processes.ts'
import { Orders } from './orders.ts'

const MAIN = fileURLToPath(new URL('../../../dapr/src/main.ts', import.meta.url))
const FAULT_POINTS = new URL('./fault-points.ts', import.meta.url).href
const START_MS = 180_000
const BACK_MS = 90_000

interface ListedProcess {
  name: string
  pid: number
  port: number
}

/** The whole app as `npm run start:distributed` runs it, on everything of its own, with its processes at our mercy. */
export class AppUnderFaults {
  readonly replicas: number
  readonly dataFolder: string
  readonly url: string
  readonly mail: MailServer
  readonly orders: Orders
  readonly java: HeldJava
  readonly database: pg.Pool
  readonly #child: Child
  readonly #folder: string

  private constructor(
    parts: Pick<AppUnderFaults, 'replicas' | 'dataFolder' | 'mail' | 'orders' | 'java' | 'database'> & {
      child: Child
      folder: string
    },
  ) {
    this.replicas = parts.replicas
    this.dataFolder = parts.dataFolder
    this.url = parts.child.url
    this.mail = parts.mail
    this.orders = parts.orders
    this.java = parts.java
    this.database = parts.database
    this.#child = parts.child
    this.#folder = parts.folder
  }

  static async start(replicas: number): Promise<AppUnderFaults> {
    const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-faults-'))
    const dataFolder = join(folder, 'data')
    const ordersFolder = join(folder, 'orders')
    await mkdir(ordersFolder)
    const mail = new MailServer()
    await mail.start()
    const java = await HeldJava.create(join(folder, 'java'))
    const port = await freePort()
    const env = {
      PORT: String(port),
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      DATA_DIR: dataFolder,
      SMTP_URL: mail.url,
      REPLICAS: String(replicas),
      LOG_LEVEL: 'warn',
      CREDENTIAL_TRIES_PER_MINUTE: '10000',
      JAVA_HOME: java.home,
      FAULTS_DIR: ordersFolder,
      NODE_OPTIONS: `--import=${FAULT_POINTS}`,
    }
    let child: Child | undefined
    try {
      child = await startChild({ main: MAIN, port, env, startMs: START_MS })
      const database = new pg.Pool({
        connectionString: await databaseUrl(dataFolder),
        max: 4,
        connectionTimeoutMillis: 5_000,
      })
      database.on('error', () => {})
      return new AppUnderFaults({
        replicas,
        dataFolder,
        mail,
        orders: new Orders(ordersFolder),
        java,
        database,
        child,
        folder,
      })
    } catch (error) {
      await child?.kill()
      await mail.stop()
      await remove(folder, dataFolder).catch(() => undefined)
      throw error
    }
  }

  /** What it has said lately. */
  said(): string {
    return this.#child.output()
  }

  async processes(): Promise<ListedProcess[]> {
    const text = await readFile(join(this.dataFolder, 'distributed', 'processes.json'), 'utf8')
    return JSON.parse(text) as ListedProcess[]
  }

  async process(name: string): Promise<ListedProcess> {
    const found = (await this.processes()).find((process) => process.name === name)
    if (!found) throw new Error(`nothing runs under the name ${name}`)
    return found
  }

  /** Where requests are answered: every backend. */
  async entrances(): Promise<string[]> {
    const backends = (await this.processes()).filter(({ name }) => /^backend(-\d+)?$/.test(name))
    return backends.map(({ port }) => `http://127.0.0.1:${port}`)
  }

  async brokers(): Promise<string> {
    return `127.0.0.1:${(await this.process('kafka')).port}`
  }

  /** Of a database everything, since each session is a process. */
  async pidsOf(name: string): Promise<number[]> {
    if (name !== 'postgres') return [(await this.process(name)).pid]
    const pidFile = await readFile(join(this.dataFolder, 'postgres', 'postmaster.pid'), 'utf8')
    return familyOf(Number(pidFile.split('\n')[0]))
  }

  async signal(name: string, what: NodeJS.Signals): Promise<void> {
    // The first of a family first: it must not start others meanwhile.
    for (const pid of await this.pidsOf(name)) signal(pid, what)
  }

  /** The process that has this name after the one before has gone, as soon as there is one. */
  next(name: string, before: number, timeoutMs = BACK_MS): Promise<number> {
    const other = async () => {
      const [pid] = await this.pidsOf(name)
      return pid !== before && pid
    }
    return pollUntil(other, { timeoutMs, intervalMs: 10, what: `another ${name} runs` })
  }

  /** Resolves when another process has this name, and does its work. */
  async back(name: string, before: number): Promise<void> {
    await this.next(name, before)
    await this.working(name)
  }

  async working(name: string, timeoutMs = BACK_MS): Promise<void> {
    const isWorking = () => this.#works(name)
    await pollUntil(isWorking, { timeoutMs, intervalMs: 100, what: `${name} works` })
  }

  async #works(name: string): Promise<boolean> {
    if (name === 'postgres') return this.database.query('select 1').then(() => true)
    const { port } = await this.process(name)
    if (name === 'kafka') return withAdmin(`127.0.0.1:${port}`, (admin) => admin.listTopics()).then(() => true)
    if (name === 'scheduler') return accepts(port)
    const path = name.endsWith('-sidecar') ? '/v1.0/healthz' : '/readyz'
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_000) })
    return answer.ok
  }

  async close(): Promise<void> {
    await this.java.release()
    await this.database.end()
    await this.#child.stop()
    await this.mail.stop()
    await remove(this.#folder, this.dataFolder)
  }
}

/** Written down when everything runs, which is after the first backend answers. */
async function databaseUrl(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'distributed.json')
  // Found in the middle of its writing, it is read again.
  const read = async () => (JSON.parse(await readFile(file, 'utf8')) as { databaseUrl: string }).databaseUrl
  return pollUntil(read, { timeoutMs: START_MS, what: 'the whole app runs' })
}

async function remove(folder: string, dataFolder: string): Promise<void> {
  await new ProcessRegister(join(dataFolder, 'distributed', 'processes.json')).endLeftovers()
  await endLeftoverServer(join(dataFolder, 'postgres'))
  // A process that was just ended may leave a file after its folder was read.
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
