import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

export interface ServerStatus {
  pid: number
  /** Takes connections. */
  ready: boolean
}

/** What a server writes about itself into its folder; null when it has written nothing. */
export async function readPidFile(folder: string): Promise<ServerStatus | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : null
}

const FAST_STOP_MS = 5_000

/**
 * Ends the server that a killed process of ours left running on this folder, and removes the traces of one that is
 * gone: PostgreSQL refuses to start when another program has got the old server's process id.
 */
export async function endLeftoverServer(folder: string): Promise<void> {
  const status = await readPidFile(folder)
  if (!status) return
  if (await isServerOf(folder, status.pid)) {
    process.kill(status.pid, 'SIGINT')
    // Immediately, if that hangs: then it recovers at its next start.
    if (!(await isGoneWithin(FAST_STOP_MS, folder, status.pid))) process.kill(status.pid, 'SIGQUIT')
    await isGoneWithin(FAST_STOP_MS, folder, status.pid)
  }
  await rm(join(folder, 'postmaster.pid'), { force: true })
}

async function isServerOf(folder: string, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  const command = await commandLine(pid)
  return command.includes('postgres') && command.includes(folder)
}

async function commandLine(pid: number): Promise<string> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ')
  } catch {
    const { stdout } = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({
      stdout: '',
    }))
    return stdout
  }
}

/** By its command line, which a zombie has no more: in a container nobody may ever collect it. */
async function isGoneWithin(ms: number, folder: string, pid: number): Promise<boolean> {
  const deadline = Date.now() + ms
  while (await isServerOf(folder, pid)) {
    if (Date.now() >= deadline) return false
    await delay(20)
  }
  return true
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
