import { execFile } from 'node:child_process'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from './start-error.ts'

interface Holder {
  pid: number
  /** When the process started, as its system tells it: a process id alone may have gone to another program. */
  startedAt: string
}

/**
 * Makes this process the only one on a data folder. What a killed one left is taken over.
 * @returns how to let go of it
 * @throws StartError when another one runs
 */
export async function lockDataFolder(dataFolder: string): Promise<() => Promise<void>> {
  const file = join(dataFolder, 'instance.lock')
  const mine = `${file}.${process.pid}`
  const me: Holder = { pid: process.pid, startedAt: await startTime(process.pid) }
  try {
    await writeFile(mine, JSON.stringify(me), { mode: 0o600 })
    while (!(await isLinked(mine, file))) {
      const holder = await readHolder(file)
      if (holder && (await isRunning(holder))) {
        throw new StartError(
          `Todo Cloud already runs on ${dataFolder} (process ${holder.pid}): stop it, or set DATA_DIR and PORT for a second one.`,
        )
      }
      await rm(file, { force: true })
    }
  } finally {
    await rm(mine, { force: true })
  }
  return () => rm(file, { force: true })
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

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

async function isRunning({ pid, startedAt }: Holder): Promise<boolean> {
  if (pid === process.pid) return false
  return startedAt !== '' && (await startTime(pid)) === startedAt
}

/** Linux tells it in clock ticks since the boot (proc(5), field 22), the others as text; empty when there is no such process. */
async function startTime(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    const answer = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => null)
    return answer?.stdout.trim() ?? ''
  }
}
