import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { connectionTo } from '@todo/platform/database-url'
import type { Log } from '@todo/platform/log'
import { explainDatabaseError } from './explain.ts'
import { StartError } from './start-error.ts'

/** Ours alone in a database: the process that runs all services of the one-process mode on it. */
const STANDALONE_LOCK = 7_306_419_100
const CONNECT_MS = 7_000
/** A process that was just killed may still be seen by the server for a moment. */
const PATIENCE_MS = 2_000
const RETRY_MS = 500

export interface DatabaseLock {
  release: () => Promise<void>
}

interface LockOptions {
  url: string
  log: Log
  /** The lock went to another process while the connection was lost: this one must end. */
  onLost: () => void
}

/**
 * Holds the database's instance lock on a connection of its own for as long as this process runs.
 * @throws StartError when the database cannot be reached, or another process runs on it
 */
export async function lockDatabase(options: LockOptions): Promise<DatabaseLock> {
  const { url, log, onLost } = options
  const state = { released: false, client: await firstLock(url) }

  const hold = () => {
    state.client.once('end', () => {
      if (!state.released) void regain()
    })
  }
  const regain = async () => {
    log.warn('the connection that holds the instance lock was lost; taking the lock again')
    while (!state.released) {
      await delay(RETRY_MS)
      const answer = await tryLock(url).catch(() => 'unreachable' as const)
      if (answer === 'unreachable') continue
      if (answer === 'taken') return onLost()
      state.client = answer
      if (state.released) return answer.end()
      return hold()
    }
  }
  hold()
  return {
    release: async () => {
      state.released = true
      await state.client.end().catch(() => undefined)
    },
  }
}

async function firstLock(url: string): Promise<pg.Client> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await tryLock(url).catch((error: unknown) => {
      throw explainDatabaseError(error, url)
    })
    if (answer !== 'taken') return answer
    if (Date.now() >= deadline) {
      throw new StartError(
        'Another Todo Cloud already runs on this database (DATABASE_URL): stop it, or use another database.',
      )
    }
    await delay(RETRY_MS)
  }
}

async function tryLock(url: string): Promise<pg.Client | 'taken'> {
  const client = new pg.Client({
    ...connectionTo(url),
    application_name: 'todo-cloud instance lock',
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
      STANDALONE_LOCK,
    ])
    if (rows[0]?.locked) return client
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  await client.end()
  return 'taken'
}
