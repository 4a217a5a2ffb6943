import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { errorMessage } from './errors.ts'
import type { Log } from './log.ts'

export interface Patience {
  log: Log
  /** How long one statement may wait for a lock: everybody else who wants the table queues behind it meanwhile. */
  lockTimeoutMs?: number
  /** Pauses between the tries; after the last one it is given up. */
  pausesMs?: readonly number[]
  /** Nobody wants the migration any more. */
  signal?: AbortSignal | undefined
}

const LOCK_TIMEOUT_MS = 5_000
/** Two minutes with the tries themselves: longer than any statement of ours holds a table. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000, 10_000, 10_000, 10_000]

const LOCK_NOT_AVAILABLE = '55P03'
const DEADLOCK = '40P01'

/**
 * Runs a piece of work in a transaction that never waits long for a lock, and again when it did not get one. A waiting
 * `alter table` stops all the reading and writing that comes after it.
 */
export async function withLocks<T>(
  client: pg.PoolClient,
  patience: Patience & { end?: 'commit' | 'rollback' },
  work: () => Promise<T>,
): Promise<T> {
  const { log, pausesMs = PAUSES_MS, signal } = patience
  for (let tries = 0; ; tries++) {
    try {
      return await oneTry(client, patience, work)
    } catch (error) {
      const pauseMs = pausesMs[tries]
      if (!isBusy(error) || pauseMs === undefined) throw error
      log.info({ error: errorMessage(error), pauseMs }, 'the tables are busy; the migration tries again')
      await delay(pauseMs, null, { signal })
    }
  }
}

async function oneTry<T>(
  client: pg.PoolClient,
  { lockTimeoutMs = LOCK_TIMEOUT_MS, end = 'commit' }: Patience & { end?: 'commit' | 'rollback' },
  work: () => Promise<T>,
): Promise<T> {
  try {
    await client.query('begin')
    await client.query(`set local lock_timeout = ${lockTimeoutMs}`)
    const result = await work()
    await client.query(end)
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  }
}

function isBusy(error: unknown): boolean {
  const { code } = error as { code?: string }
  return code === LOCK_NOT_AVAILABLE || code === DEADLOCK
}
