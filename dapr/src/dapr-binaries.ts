import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { StartError } from '@todo/standalone/start-error'
import { cacheFolder, installOnce } from './cache.ts'
import { findGo } from './toolchain.ts'

const RUNTIME = fileURLToPath(new URL('../runtime', import.meta.url))
/** What the binaries are made from, and so what their folder is named after. */
const SOURCES = ['go.mod', 'go.sum', 'daprd/main.go', 'scheduler/main.go']
const PACKAGES = ['./daprd', './scheduler']

export interface DaprBinaries {
  daprd: string
  scheduler: string
}

interface BuildOptions {
  env: Record<string, string | undefined>
  /** It takes a while: what is going on. */
  tell: (line: string) => void
}

/**
 * Dapr's programs, built once from the Go modules that `runtime/go.mod` and `go.sum` pin.
 * @throws StartError when Go is missing, or the build fails
 */
export async function daprBinaries({ env, tell }: BuildOptions): Promise<DaprBinaries> {
  const texts = await Promise.all(SOURCES.map((name) => readFile(join(RUNTIME, name), 'utf8')))
  const version = /github\.com\/dapr\/dapr v(\S+)/.exec(texts[0] ?? '')?.[1] ?? 'unknown'
  const fingerprint = createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 12)
  const name = `dapr-${version}-${platform()}-${arch()}-${fingerprint}`
  const folder = await installOnce(join(cacheFolder(env), name), async (unfinished) => {
    const go = await findGo(env)
    tell(`Building Dapr ${version}, once; with two cores this takes about five minutes …`)
    await build(go, version, unfinished, env)
  })
  const suffix = platform() === 'win32' ? '.exe' : ''
  return { daprd: join(folder, `daprd${suffix}`), scheduler: join(folder, `scheduler${suffix}`) }
}

async function build(go: string, version: string, folder: string, env: BuildOptions['env']): Promise<void> {
  const flags = `-s -w -X github.com/dapr/dapr/pkg/buildinfo.version=${version}`
  const args = ['build', '-trimpath', '-tags', 'stablecomponents', '-ldflags', flags, '-o', `${folder}/`, ...PACKAGES]
  // Without cgo they run wherever the kernel does.
  const options = { cwd: RUNTIME, env: { ...env, CGO_ENABLED: '0' }, maxBuffer: 64 * 1024 * 1024 }
  try {
    await promisify(execFile)(go, args, options)
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    const told = (stderr.trim() || message).split('\n').slice(-5).join('\n')
    throw new StartError(`Dapr could not be built with Go:\n${told}`)
  }
}
