import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface SystemUser {
  uid: number
  gid: number
}

/**
 * PostgreSQL refuses to run as root: then it runs as the user `postgres`, which is made when missing.
 * @returns null when we are not root, and PostgreSQL may run as ourselves
 */
export async function postgresUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null
  const known = await lookUp()
  if (known) return known
  // Two that start at once may both get here: only the outcome counts.
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).catch(() => undefined)
  const made = await lookUp()
  if (made) return made
  throw new Error(
    'PostgreSQL does not run as root, and the user "postgres" could not be made: run this as another user.',
  )
}

async function lookUp(): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return null
  }
}
