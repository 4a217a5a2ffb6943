import { join } from 'node:path'
import { tryLock } from '@todo/platform/file-lock'
import { StartError } from './start-error.ts'

/**
 * Makes this process the only one on a data folder. What a killed one left is taken over.
 * @returns how to let go of it
 * @throws StartError when another one runs
 */
export async function lockDataFolder(dataFolder: string): Promise<() => Promise<void>> {
  const attempt = await tryLock(join(dataFolder, 'instance.lock'))
  if ('release' in attempt) return attempt.release
  throw new StartError(
    `Todo Cloud already runs on ${dataFolder} (process ${attempt.holder}): stop it, or set DATA_DIR and PORT for a second one.`,
  )
}
