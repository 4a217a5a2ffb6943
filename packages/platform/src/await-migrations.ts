import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Log } from './log.ts'
import type { MigrationSet } from './migration-files.ts'
import { readState, tellNewer } from './migration-table.ts'

export interface AwaitOptions {
  pool: pg.Pool
  log: Log
  signal?: AbortSignal | undefined
  timeoutMs?: number
}

const ASK_AGAIN_MS = 1_000
/** A migration that rewrites a large table takes minutes. */
const TIMEOUT_MS = 5 * 60_000

/**
 * Waits until somebody else has applied all the files that this code knows. The schema is not touched.
 * @throws when that takes too long, when the database does not answer, or when this code cannot run on the schema
 */
export async function awaitMigrations(options: AwaitOptions, sets: readonly MigrationSet[]): Promise<void> {
  const { pool, log, signal, timeoutMs = TIMEOUT_MS } = options
  const deadline = Date.now() + timeoutMs
  for (let asked = 0; ; asked++) {
    const states = await Promise.all(sets.map((set) => readState(pool, set)))
    const missing = states.flatMap(({ owner, pending }) => pending.map(({ file }) => `${owner}/${file}`))
    if (missing.length === 0) {
      for (const state of states) tellNewer(log, state)
      return
    }
    if (Date.now() >= deadline) {
      const seconds = timeoutMs / 1_000
      throw new Error(`Nobody has applied ${missing.join(', ')} within ${seconds} s (MIGRATIONS=await).`)
    }
    if (asked === 0) log.info({ missing }, 'waiting for migrations')
    await delay(ASK_AGAIN_MS, null, { signal })
  }
}
