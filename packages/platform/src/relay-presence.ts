import { randomInt } from 'node:crypto'
import type pg from 'pg'
import { errorMessage } from './errors.ts'
import type { Log } from './log.ts'

/** First half of the two-part advisory locks of relays; the second is the relay's own number. */
export const RELAY_LOCKS = 73_064_190

const MAX_INT = 2 ** 31

/**
 * Shows the other relays that this one lives: a session of its own holds an advisory lock with its number. When the
 * process dies, however it does, PostgreSQL ends the session, and what the relay had leased is free at once.
 */
export class RelayPresence {
  readonly #pool: pg.Pool
  readonly #log: Log
  #owner = 0
  #client: pg.PoolClient | undefined

  /** @param pool past any pooler: there the lock would be some other session's, or stay when this process is gone */
  constructor(pool: pg.Pool, log: Log) {
    this.#pool = pool
    this.#log = log
  }

  /** A new number with every session: of what was leased when one was lost, nobody knows whether it was published. */
  get owner(): number {
    return this.#owner
  }

  /** Answers whether a session was begun: then what was leased in one before it is free. */
  async ensure(): Promise<boolean> {
    if (this.#client) return false
    const owner = randomInt(1, MAX_INT)
    const client = await this.#pool.connect()
    try {
      await client.query('select pg_advisory_lock($1::int, $2::int)', [RELAY_LOCKS, owner])
    } catch (error) {
      this.#log.warn({ error: errorMessage(error) }, 'the relay could not show that it lives')
      client.release(error as Error)
      throw error
    }
    client.once('error', (error) => {
      this.#client = undefined
      client.release(error)
    })
    this.#client = client
    this.#owner = owner
    return true
  }

  /** Closing the session gives the lock back. */
  leave(): void {
    const client = this.#client
    this.#client = undefined
    client?.removeAllListeners('error')
    client?.release(true)
  }
}
