import type pg from 'pg'
import { errorMessage } from './errors.ts'

/** @throws naming the setting that has the address of the pool, when no connection can be made */
export async function reach(pool: pg.Pool, setting: string): Promise<void> {
  try {
    const client = await pool.connect()
    client.release()
  } catch (error) {
    throw new Error(`${setting}: the database cannot be reached: ${errorMessage(error)}`, { cause: error })
  }
}
