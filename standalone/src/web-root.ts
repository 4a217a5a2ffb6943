import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { REPOSITORY } from './config.ts'

/** The web app, where it has been built. */
export async function webRoot(): Promise<{ WEB_ROOT?: string }> {
  const folder = join(REPOSITORY, 'frontend', 'dist')
  return access(join(folder, 'index.html')).then(
    () => ({ WEB_ROOT: folder }),
    () => ({}),
  )
}
