import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadSecrets } from './secrets.ts'
import { StartError } from './start-error.ts'

/**
 * Where the built-in database of a data folder answers, out of what its server wrote down about itself.
 * @throws StartError when it does not run
 */
export async function runningDatabaseUrl(dataFolder: string): Promise<string> {
  const text = await readFile(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  // The lines of postmaster.pid: pid, folder, start time, port, socket folder, address, shared memory, status.
  const [, , , port, socketFolder] = text.split('\n')
  if (!port) throw new StartError(`Todo Cloud does not run on ${dataFolder}: start it first, or set DATA_DIR.`)
  const { DATABASE_PASSWORD } = await loadSecrets(dataFolder)
  const url = new URL(`postgres://postgres:${DATABASE_PASSWORD}@127.0.0.1:${port}/postgres`)
  if (socketFolder) url.searchParams.set('host', socketFolder)
  return url.href
}
