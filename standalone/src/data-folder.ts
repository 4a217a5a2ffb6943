import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The folder of the database and the secrets, for us alone. */
export async function makeDataFolder(folder: string): Promise<void> {
  // As root, the database's own user has to pass through it.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  await makeFolders(dirname(folder))
  await mkdir(folder, { mode }).catch(unlessThere(folder))
}

/** One by one: where a file system lets nobody make any, such as /proc, a recursive `mkdir` of Node's never ends. */
async function makeFolders(folder: string): Promise<void> {
  if (await isFolder(folder)) return
  await makeFolders(dirname(folder))
  await mkdir(folder).catch(unlessThere(folder))
}

function unlessThere(folder: string) {
  return async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST' || !(await isFolder(folder))) throw error
  }
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
