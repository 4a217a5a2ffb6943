import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from '@todo/backend/internals/tables'
import { columnTypes } from '@todo/platform/db'
import { PreparingClient } from '@todo/platform/prepared'

export interface Statement {
  text: string
  values: unknown[]
}

export type Recorder = Kysely<Tables>

/** A pool to the same database that writes down the statements that go over it, but for the ends of transactions. */
export function recordStatements(databaseUrl: string): {
  pool: pg.Pool
  db: Recorder
  taken: () => Statement[]
  close: () => Promise<void>
} {
  const statements: Statement[] = []
  class RecordingClient extends PreparingClient {
    override query(...args: unknown[]): never {
      const [text, values] = args
      if (typeof text === 'string' && Array.isArray(values) && !ENDS.has(text)) statements.push({ text, values })
      return super.query.apply(this, args as never)
    }
  }
  const pool = openDriver(databaseUrl, RecordingClient)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return { pool, db, taken: () => statements.splice(0), close: () => pool.end() }
}

const ENDS = new Set(['begin', 'commit', 'rollback'])

/** The driver as the app uses it, and nothing else: as many connections, statements prepared, columns read alike. */
export function openDriver(databaseUrl: string, Client: typeof pg.Client = PreparingClient): pg.Pool {
  return new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    types: columnTypes,
    Client,
    pipeline: true,
  })
}

/** The same statements alone: each by itself, or all in one transaction. */
export async function runStatements(pool: pg.Pool, statements: Statement[], inTransaction: boolean): Promise<void> {
  const client = await pool.connect()
  try {
    // In one packet, which is the most that pipelining can do.
    const ends = (text: string) => (inTransaction ? [client.query(text)] : [])
    await Promise.all([
      ...ends('begin'),
      ...statements.map(({ text, values }) => client.query(text, values)),
      ...ends('commit'),
    ])
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}
