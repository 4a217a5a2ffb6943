import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Database } from './db.ts'
import { errorMessage } from './errors.ts'
import type { Log } from './log.ts'

/** @throws naming the setting that has the address of the pool, when no connection can be made */
export async function reach(pool: pg.Pool, setting: string): Promise<void> {
  try {
    const client = await pool.connect()
    client.release()
  } catch (error) {
    throw new Error(`${setting}: the database cannot be reached: ${errorMessage(error)}`, { cause: error })
  }
}

/**
 * Goes to the database through its pooler, and prepares statements there only when the pooler keeps them apart.
 * @throws naming DATABASE_POOLED_URL
 */
export async function reachPooled({ pool, preparing }: Pick<Database, 'pool' | 'preparing'>, log: Log): Promise<void> {
  await reach(pool, 'DATABASE_POOLED_URL')
  preparing.isOn = await keepsStatementsApart(pool)
  if (!preparing.isOn) {
    log.info({}, 'the pooler does not keep prepared statements apart: they are sent unprepared, which costs more')
  }
}

/**
 * PgBouncer from 1.21 on, with `max_prepared_statements` above 0 as Neon has it, gives the statements of its clients names
 * of its own. Where the server knows one by our name, the next transaction may be on a session that does not know it, or
 * knows another by this name.
 */
async function keepsStatementsApart(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect()
  const name = `probe-${randomUUID()}`
  let broken: Error | undefined
  try {
    await client.query('begin')
    await client.query({ name, text: 'select $1::int', values: [1] })
    const { rows } = await client.query('select from pg_prepared_statements where name = $1', [name])
    if (rows.length > 0) await client.query(`deallocate "${name}"`)
    await client.query('commit')
    return rows.length === 0
  } catch (error) {
    broken = error as Error
    throw error
  } finally {
    client.release(broken)
  }
}
