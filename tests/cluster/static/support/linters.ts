import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheFolder, installOnce } from '@todo/dapr/cache'
import { findGo } from '@todo/dapr/toolchain'

const TOOLS = fileURLToPath(new URL('../../tools', import.meta.url))
const PACKAGES = ['github.com/rhysd/actionlint/cmd/actionlint', 'github.com/hashicorp/hcl/v2/cmd/hclfmt']

/**
 * A folder with actionlint and hclfmt, built once from the Go modules that `tests/cluster/tools` pins.
 * @throws when Go is missing, or the build fails
 */
export async function installLinters(env: NodeJS.ProcessEnv): Promise<string> {
  const pins = await Promise.all(['go.mod', 'go.sum'].map((name) => readFile(join(TOOLS, name), 'utf8')))
  const fingerprint = createHash('sha256').update(pins.join('\0')).digest('hex').slice(0, 12)
  return installOnce(join(cacheFolder(env), `linters-${platform()}-${arch()}-${fingerprint}`), async (unfinished) => {
    const args = ['build', '-trimpath', '-o', `${unfinished}/`, ...PACKAGES]
    await promisify(execFile)(await findGo(env), args, { cwd: TOOLS, env: { ...env, CGO_ENABLED: '0' } })
  })
}
