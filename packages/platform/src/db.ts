import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { connectionTo } from './database-url.ts'
import { DiskWatch } from './disk-watch.ts'
import type { Log } from './log.ts'
import { PooledClient, PreparingClient } from './prepared.ts'

/** The pool of one service. `kysely` builds its SQL; the tables' types are the service's own. */
export interface Database {
  /** Maybe through a pooler: each transaction may be on another session. */
  pool: pg.Pool
  /** Past any pooler, for what is kept in a session: its advisory locks, LISTEN, SET, and for migrations. */
  direct: pg.Pool
  kysely: <Tables>() => Kysely<Tables>
  /** How often a connection was asked for or lost so far: unchanged, nothing was heard of the database. */
  uses: () => number
  disk: DiskWatch
  close: () => Promise<void>
}

export interface DatabaseOptions {
  url: string
  /** The same database through a pooler in transaction mode. */
  pooledUrl?: string | undefined
  /** Shown in pg_stat_activity. */
  name: string
  log: Log
  /** Of `pool`. */
  maxConnections?: number
}

/** One shows that the relay lives, one migrates. */
const DIRECT_CONNECTIONS = 2

const TIMESTAMPTZ = 1184
const TIMESTAMP = 1114
const DATE = 1082
const TIME = 1083
const INT8 = 20
const TEXT_ARRAY = 1009

/** Instants stay text in RFC 3339: making a Date of each and text of it again was a fifth of a page's cost. */
export function instantText(text: string): string {
  if (!text.endsWith('+00')) return Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()
  const [seconds = '', fraction = ''] = text.slice(0, -3).split('.')
  return `${seconds.replace(' ', 'T')}.${fraction.slice(0, 3).padEnd(3, '0')}Z`
}

const libraryArray = (pg.types.getTypeParser as (oid: number) => (text: string) => unknown)(TEXT_ARRAY)

/** `{home,urgent}`: most arrays of text need no parser of quotes and nulls, which took longer than the row around it. */
export function textArray(text: string): unknown {
  if (text === '{}') return []
  return /["\\]|NULL/.test(text) ? libraryArray(text) : text.slice(1, -1).split(',')
}

const parsers = new Map<number, (text: string) => unknown>([
  [TIMESTAMPTZ, instantText],
  [TIMESTAMP, (text) => text.replace(' ', 'T')],
  [DATE, (text) => text],
  [TIME, (text) => text.slice(0, 5)],
  [INT8, Number],
  [TEXT_ARRAY, textArray],
])

/** How every service reads what the driver gives. */
export const columnTypes = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' && parsers.get(oid)) || pg.types.getTypeParser(oid, format),
}

/** Counts what asks for a connection, those that do not get one included. */
class CountingPool extends pg.Pool {
  uses = 0

  override connect(): Promise<pg.PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    this.uses += 1
    return callback ? super.connect(callback) : super.connect()
  }
}

type ConnectCallback = Extract<Parameters<pg.Pool['connect']>[0], (...args: never[]) => unknown>

export function openDatabase(options: DatabaseOptions): Database {
  const { url, pooledUrl, maxConnections = 10 } = options
  const disk = new DiskWatch()
  const Client = pooledUrl ? PooledClient : PreparingClient
  const pool = openPool(options, { url: pooledUrl ?? url, max: maxConnections, Client, disk })
  const direct = pooledUrl ? openPool(options, { url, max: DIRECT_CONNECTIONS, Client: PreparingClient, disk }) : pool
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  return {
    pool,
    direct,
    kysely: <Tables>() => kysely as unknown as Kysely<Tables>,
    uses: () => pool.uses,
    disk,
    close: async () => void (await Promise.all([...new Set([pool, direct])].map((each) => each.end()))),
  }
}

interface PoolSettings {
  url: string
  max: number
  Client: typeof PooledClient
  disk: DiskWatch
}

function openPool({ name, log }: DatabaseOptions, { url, max, Client, disk }: PoolSettings): CountingPool {
  const pool = new CountingPool({
    ...connectionTo(url),
    application_name: `todo-cloud ${name}`,
    max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: columnTypes,
    Client,
    pipeline: true,
  })
  // Without listeners, a server that goes away ends the whole process; the pool listens only while a connection is idle.
  pool.on('error', (error) => {
    pool.uses += 1
    // A pool that was ended does not wait for its connections to go.
    if (!pool.ending) log.warn({ error: error.message }, 'an idle database connection was lost')
  })
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ error: error.message }, 'connection lost'))
    disk.watch(client)
  })
  return pool
}
