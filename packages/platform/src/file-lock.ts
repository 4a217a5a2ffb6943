import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { identify, isRunning } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

/** Taken by us, or held by another process. */
export type LockAttempt = { release: () => Promise<void> } | { holder: number }

/** Makes this process the only one that has the file. What a killed one left is taken over. */
export async function tryLock(file: string): Promise<LockAttempt> {
  const mine = `${file}.${process.pid}`
  const me = await identify(process.pid)
  try {
    await writeFile(mine, JSON.stringify(me), { mode: 0o600 })
    while (!(await isLinked(mine, file))) {
      const holder = await readHolder(file)
      if (holder && holder.pid !== process.pid && (await isRunning(holder))) return { holder: holder.pid }
      await rm(file, { force: true })
    }
  } finally {
    await rm(mine, { force: true })
  }
  return { release: () => rm(file, { force: true }) }
}

/** A hard link appears at once and with its content, or not at all. */
async function isLinked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function readHolder(file: string): Promise<ProcessIdentity | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as ProcessIdentity
  } catch {
    return null
  }
}
