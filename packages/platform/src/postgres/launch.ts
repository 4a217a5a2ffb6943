import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Cluster } from './cluster.ts'
import type { SystemUser } from './system-user.ts'

/**
 * Starts a program of PostgreSQL as the cluster's user, with its output in the cluster's log.
 * In a process group of its own: Ctrl-C in the terminal must reach us alone, or the database goes before we have drained.
 */
export async function launch(cluster: Cluster, program: string, args: string[]): Promise<ChildProcess> {
  const { user, logFile } = cluster
  const log = await open(logFile, 'a', 0o600)
  const options = {
    stdio: ['ignore', log.fd, log.fd] as ['ignore', number, number],
    detached: true,
    cwd: '/',
    // Of its own: the PG* variables of whoever starts us are not meant for it.
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  }
  try {
    if (!user) return spawn(program, args, options)
    const isReachable = (await mayEnter(user, dirname(cluster.folder))) && (await mayEnter(user, dirname(program)))
    if (isReachable) return spawn(program, args, { ...options, uid: user.uid, gid: user.gid })
    return spawn('setpriv', [...throughClosedFolders(user), program, ...args], options)
  } finally {
    await log.close()
  }
}

/**
 * A clone in /root, which only root may enter, where PostgreSQL may not be root: it runs as its own user with the one
 * capability to pass closed folders (capabilities(7)); the secure bit makes access(2) respect it, which initdb asks.
 */
function throughClosedFolders({ uid, gid }: SystemUser): string[] {
  const capabilities = '+dac_override,+dac_read_search'
  return [
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
    `--inh-caps=${capabilities}`,
    `--ambient-caps=${capabilities}`,
  ]
}

async function mayEnter(user: SystemUser, folder: string): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder)
  const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
  if ((mode & bit) === 0) return false
  const parent = dirname(folder)
  return parent === folder || mayEnter(user, parent)
}
