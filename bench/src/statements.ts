import { Kysely } from 'kysely'
import type { CompiledQuery } from 'kysely'
import pg from 'pg'
import type { Tables } from '@todo/backend/internals/tables'
import { PipelinedPostgresDialect } from '@todo/platform/pipelined-dialect'
import { PreparingClient } from '@todo/platform/prepared'

export interface Statement {
  text: string
  values: unknown[]
}

export type Recorder = Kysely<Tables>

/** A connection to the same database that writes down the statements that go over it. */
export function recordStatements(databaseUrl: string): {
  db: Recorder
  taken: () => Statement[]
  close: () => Promise<void>
} {
  const statements: Statement[] = []
  const note = ({ sql, parameters }: CompiledQuery) => statements.push({ text: sql, values: [...parameters] })
  const pool = openDriver(databaseUrl)
  const db = new Kysely<Tables>({
    dialect: new PipelinedPostgresDialect({ pool }),
    log: (event) => {
      if (event.level === 'query') note(event.query)
    },
  })
  return { db, taken: () => statements.splice(0), close: () => db.destroy() }
}

/** The driver as the app uses it, and nothing else: as many connections, statements prepared. */
export function openDriver(databaseUrl: string): pg.Pool {
  return new pg.Pool({
    connectionString: databaseUrl,
    max: 10,
    Client: PreparingClient,
    pipeline: true,
  })
}

/** The same statements alone: each by itself, or all in one transaction. */
export async function runStatements(pool: pg.Pool, statements: Statement[], inTransaction: boolean): Promise<void> {
  const client = await pool.connect()
  try {
    // In the same packet as the first statement, as the app does it; a failure shows in what follows.
    if (inTransaction) client.query('begin').catch(() => undefined)
    for (const { text, values } of statements) await client.query(text, values)
    if (inTransaction) await client.query('commit')
    client.release()
  } catch (error) {
    client.release(true)
    throw error
  }
}
