import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort } from '../free-port.ts'
import { postgresUser } from '../postgres/system-user.ts'
import { pollUntil } from './poll-until.ts'

export interface TestPooler {
  /** The same database through the pooler. */
  urlOf: (databaseUrl: string) => string
  close: () => Promise<void>
}

/** Debian has it where only root looks for programs. */
const PATH = `${process.env.PATH ?? ''}:/usr/sbin`

export async function hasPgBouncer(): Promise<boolean> {
  const asked = promisify(execFile)('pgbouncer', ['--version'], { env: { PATH } })
  return asked.then(
    () => true,
    () => false,
  )
}

/**
 * A PgBouncer in transaction mode in front of a server. With few sessions, each transaction on the one that rested longest:
 * whoever counts on a session of their own is found out.
 * @param serverUrl a superuser's
 */
export async function startPgBouncer(serverUrl: string): Promise<TestPooler> {
  if (!(await hasPgBouncer()))
    throw new Error('There is no pgbouncer: install it, as .ci/run does (apt-get install pgbouncer).')
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-pgbouncer-'))
  const port = await freePort()
  const logFile = join(folder, 'pgbouncer.log')
  const config = join(folder, 'pgbouncer.ini')
  await writeFile(config, configOf({ serverUrl, port, logFile }))
  // It does not run as root either.
  const user = await postgresUser()
  if (user) await chown(folder, user.uid, user.gid)
  const child = spawn('pgbouncer', ['-q', config], { env: { PATH }, stdio: 'ignore', cwd: '/', ...user })
  const ended = once(child, 'exit')
  const urlOf = (databaseUrl: string) => {
    const url = new URL(databaseUrl)
    url.host = `127.0.0.1:${port}`
    return url.href
  }
  const close = async () => {
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await pollUntil(() => answers(urlOf(new URL('postgres', serverUrl).href)), { what: 'PgBouncer' })
  } catch (error) {
    const log = await readFile(logFile, 'utf8').catch(() => '')
    await close()
    throw new Error(`PgBouncer did not come up: ${log}`, { cause: error })
  }
  return { urlOf, close }
}

interface Settings {
  serverUrl: string
  port: number
  logFile: string
}

function configOf({ serverUrl, port, logFile }: Settings): string {
  const { hostname, port: serverPort, username, password } = new URL(serverUrl)
  return `[databases]
* = host=${hostname} port=${serverPort} user=${username} password=${password}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 1000
server_round_robin = 1
logfile = ${logFile}
`
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
