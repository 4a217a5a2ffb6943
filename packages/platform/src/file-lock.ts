import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { identify, isRunning } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

/** Taken by us, or held by another process. */
export type LockAttempt = { release: () => Promise<void> } | { holder: number }

/** Makes this process the only one that has the file. What a killed one left is taken over. */
export async function tryLock(file: string): Promise<LockAttempt> {
  const me = await identify(process.pid)
  return guarded(`${file}.guard`, async () => {
    const holder = await readHolder(file)
    if (holder && holder.pid !== process.pid && (await isRunning(holder))) return { holder: holder.pid }
    await replace(file, JSON.stringify(me))
    return { release: () => rm(file, { force: true }) }
  })
}

const RETRY_MS = 10
/** Looking and writing takes milliseconds. */
const PATIENCE_MS = 10_000
const SQLITE_BUSY = 5

/**
 * Lets one process at a time look and take. Node has no lock of its own that the system gives back when its process dies:
 * SQLite's is one, on every system. The file stays, since who removes it could take it from under another.
 */
async function guarded<T>(guard: string, work: () => Promise<T>): Promise<T> {
  // Made here, so that a full disk or a folder that is not ours is told as what it is.
  await (await open(guard, 'a', 0o600)).close()
  const database = new DatabaseSync(guard)
  try {
    const deadline = Date.now() + PATIENCE_MS
    while (!isTaken(database)) {
      if (Date.now() >= deadline) throw new Error(`another process keeps ${guard} and does not go on`)
      await delay(RETRY_MS)
    }
    return await work()
  } finally {
    database.close()
  }
}

/** Nothing is ever written to it, and its journal stays in memory: a full disk has no room for one. */
function isTaken(database: DatabaseSync): boolean {
  try {
    database.exec('pragma journal_mode = memory; begin exclusive')
    return true
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return false
    throw error
  }
}

/** At once and with its content, or not at all. */
async function replace(file: string, text: string): Promise<void> {
  const whole = `${file}.${process.pid}`
  try {
    await writeFile(whole, text, { mode: 0o600 })
    await rename(whole, file)
  } finally {
    await rm(whole, { force: true })
  }
}

async function readHolder(file: string): Promise<ProcessIdentity | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity
  } catch {
    return null
  }
}
