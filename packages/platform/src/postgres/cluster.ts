import { chown, mkdir, rm, writeFile } from 'node:fs/promises'
import type { PostgresBinaries } from './binaries.ts'
import { launch } from './launch.ts'
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

/**
 * Makes an empty cluster, with the superuser `postgres`. Its folder must not exist or be empty.
 * @throws PostgresStartError with initdb's own words
 */
export async function initCluster(cluster: Cluster, password: string): Promise<void> {
  const { binaries, folder, logFile, user } = cluster
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (user) await chown(folder, user.uid, user.gid)
  const passwordFile = `${folder}.password`
  try {
    await writeFile(passwordFile, password, { mode: 0o600 })
    if (user) await chown(passwordFile, user.uid, user.gid)
    const options = ['--auth=scram-sha-256', '--username=postgres', `--pwfile=${passwordFile}`, '--no-instructions']
    // The built-in provider sorts and compares UTF-8 the same way on every system.
    const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C', '--builtin-locale=C.UTF-8']
    const child = await launch(cluster, binaries.initdb, [`--pgdata=${folder}`, ...options, ...locale])
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (exitCode) => resolve(exitCode ?? 1))
    })
    if (code !== 0) throw new PostgresStartError(await lastLines(logFile))
  } finally {
    await rm(passwordFile, { force: true })
  }
}
