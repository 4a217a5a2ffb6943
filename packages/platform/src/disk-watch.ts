import type { EventEmitter } from 'node:events'
import type pg from 'pg'
import { DISK_FULL } from './unavailable.ts'

/** A megabyte that goes with its transaction; rows so short that nothing is compressed. */
const PROBE = `create temporary table todo_cloud_room on commit drop as
  select repeat(md5(n::text), 60) as filling from generate_series(1, 512) as n`

/**
 * Whether the database's disk is full: reading goes on then, so that a question tells nothing. Once a statement has failed
 * for it, each question is one that writes, until that succeeds.
 */
export class DiskWatch {
  #isFull = false

  /** Listens to what the server says of statements on this connection. */
  watch(client: pg.PoolClient): void {
    const { connection } = client as unknown as { connection: EventEmitter }
    connection.on('errorMessage', ({ code }: { code?: string }) => {
      if (code === DISK_FULL) this.#isFull = true
    })
  }

  /** @throws while the disk is full */
  async ask(pool: pg.Pool): Promise<void> {
    if (!this.#isFull) return
    try {
      await pool.query(PROBE)
      this.#isFull = false
    } catch (error) {
      if ((error as { code?: string }).code !== DISK_FULL) throw error
      throw new Error('its disk is full: nothing can be saved until some space is freed', { cause: error })
    }
  }
}
