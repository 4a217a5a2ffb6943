import { spawn } from 'node:child_process'
import { chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PostgresBinaries } from './binaries.ts'
import { lastLines, PostgresStartError } from './start-error.ts'
import type { SystemUser } from './system-user.ts'

export interface Cluster {
  binaries: PostgresBinaries
  /** PGDATA. */
  folder: string
  logFile: string
  /** Who owns the folder and runs the server; null: we do. */
  user: SystemUser | null
}

/** Makes an empty cluster, with the superuser `postgres`. Its folder must not exist or be empty. */
export async function initCluster({ binaries, folder, logFile, user }: Cluster, password: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (user) await chown(folder, user.uid, user.gid)
  const passwordFile = `${folder}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (user) await chown(passwordFile, user.uid, user.gid)
  const options = ['--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`]
  // The built-in provider sorts and compares UTF-8 the same way on every system; initdb's own sync is not needed twice.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8']
  try {
    const args = [`--pgdata=${folder}`, ...options, ...locale, '--no-instructions']
    const code = await runToEnd(binaries.initdb, args, logFile, user)
    if (code !== 0) throw new PostgresStartError(await lastLines(logFile))
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function runToEnd(program: string, args: string[], logFile: string, user: SystemUser | null): Promise<number> {
  const log = await open(logFile, 'a', 0o600)
  try {
    const child = spawn(program, args, { ...user, stdio: ['ignore', log.fd, log.fd], detached: true, cwd: '/' })
    return await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code) => resolve(code ?? 1))
    })
  } finally {
    await log.close()
  }
}

/** What a running server writes about itself: its process id, and whether it takes connections yet. */
export async function readPidFile(folder: string): Promise<{ pid: number; ready: boolean } | null> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : null
}
