import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { tryLock } from '@todo/platform/file-lock'

const WAIT_MS = 200

/** Where what is fetched or built once is kept, for every clone on this machine. */
export function cacheFolder(env: { XDG_CACHE_HOME?: string | undefined }): string {
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'todo-cloud')
}

/**
 * A folder that is there whole or not at all. `make` fills it under another name; of several that come at the same
 * time one makes it, and the others wait.
 */
export async function installOnce(folder: string, make: (unfinished: string) => Promise<void>): Promise<string> {
  if (await exists(folder)) return folder
  await mkdir(dirname(folder), { recursive: true })
  const release = await waitForLock(`${folder}.lock`)
  try {
    if (await exists(folder)) return folder
    await removeUnfinished(folder)
    const unfinished = await mkdtemp(`${folder}.new-`)
    try {
      await make(unfinished)
      await rename(unfinished, folder)
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true })
      throw error
    }
    return folder
  } finally {
    await release()
  }
}

async function waitForLock(file: string): Promise<() => Promise<void>> {
  for (;;) {
    const attempt = await tryLock(file)
    if ('release' in attempt) return attempt.release
    await delay(WAIT_MS)
  }
}

/** What a killed build left. */
async function removeUnfinished(folder: string): Promise<void> {
  const left = (await readdir(dirname(folder))).filter((name) => name.startsWith(`${basename(folder)}.new-`))
  for (const name of left) await rm(join(dirname(folder), name), { recursive: true, force: true })
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
