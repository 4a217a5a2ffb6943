import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createLog } from '@todo/platform/log'
import { startEmbeddedPostgres } from '@todo/standalone/embedded-postgres'

export type BenchMode = 'one process' | 'distributed'

const MAINS: Record<BenchMode, string> = {
  'one process': fileURLToPath(new URL('../../standalone/src/main.ts', import.meta.url)),
  distributed: fileURLToPath(new URL('../../dapr/src/main.ts', import.meta.url)),
}
/** With all of Java's compilers, as a Kafka has them that runs for longer than a minute. */
const LASTING_KAFKA = '-Xmx384m -XX:+UseSerialGC'
const READY_WITHIN_MS = 120_000

export interface NamedProcess {
  name: string
  pid: number
}

export interface BenchApp {
  url: string
  databaseUrl: string
  /** Everything that belongs to it. A database's own children are not listed. */
  processes: () => Promise<NamedProcess[]>
  /** It does nothing until then, as if it were not there. */
  pause: () => void
  resume: () => void
  stop: () => Promise<void>
}

/** The real program in processes of its own, on the built-in PostgreSQL with its own, durable settings. */
export async function startBenchApp(mode: BenchMode = 'one process'): Promise<BenchApp> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-bench-'))
  const fail = (reason: unknown) => {
    throw new Error('the database of the bench is gone', { cause: reason })
  }
  const log = createLog('bench', 'error')
  const postgres = await startEmbeddedPostgres({ dataFolder: folder, password: 'bench', log, onLost: fail })
  const dataFolder = join(folder, 'app')
  const settings = { DATABASE_URL: postgres.url, DATA_DIR: dataFolder, PORT: '0', LOG_LEVEL: 'error' }
  const env = { ...process.env, ...settings, KAFKA_JVM_PERFORMANCE_OPTS: LASTING_KAFKA }
  const child = spawn(process.execPath, [MAINS[mode]], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const resume = () => void child.kill('SIGCONT')
  const stop = async () => {
    child.kill('SIGTERM')
    resume()
    await exited
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const url = await addressOf(child)
    const own = { name: mode === 'distributed' ? 'supervisor' : 'the app', pid: child.pid! }
    const processes = async () => [
      own,
      ...(mode === 'distributed' ? await listedIn(dataFolder) : []),
      { name: 'postgres', pid: postgres.pid() },
    ]
    const pause = () => void child.kill('SIGSTOP')
    return { url, databaseUrl: postgres.url, processes, pause, resume, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function listedIn(dataFolder: string): Promise<NamedProcess[]> {
  const text = await readFile(join(dataFolder, 'distributed', 'processes.json'), 'utf8')
  return (JSON.parse(text) as NamedProcess[]).map(({ name, pid }) => ({ name, pid }))
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the app did not start in time')), READY_WITHIN_MS)
    let said = ''
    child.stdout!.on('data', (data) => {
      said += String(data)
      const address = /runs on (http:\/\/\S+)/.exec(said)?.[1]
      if (!address) return
      clearTimeout(timer)
      resolve(address.replace('localhost', '127.0.0.1'))
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the app ended with ${code}: ${said}`))
    })
  })
}

/** One person with a session, and their lists. */
export interface BenchPerson {
  cookie: string
  listIds: string[]
  call: (method: string, path: string, body?: unknown) => Promise<unknown>
}

export async function signUpPerson(url: string, lists: number): Promise<BenchPerson> {
  const signUp = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Bench',
      email: `bench-${Date.now()}@example.org`,
      password: 'bench bench',
      timeZone: 'Europe/Lisbon',
    }),
  })
  const cookie = signUp.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
  const call: BenchPerson['call'] = async (method, path, body) => {
    const headers = { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...sent })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json()
  }
  const { inboxId } = (await call('GET', '/me')) as { inboxId: string }
  const listIds = [inboxId]
  while (listIds.length < lists)
    listIds.push(((await call('POST', '/lists', { name: `List ${listIds.length}` })) as { id: string }).id)
  return { cookie, listIds, call }
}
