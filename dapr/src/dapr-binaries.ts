import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, readFile } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { StartError } from '@todo/standalone/start-error'
import { cacheFolder, installOnce } from './cache.ts'
import type { Surroundings } from './surroundings.ts'
import { findGo } from './toolchain.ts'

const RUNTIME = fileURLToPath(new URL('../runtime', import.meta.url))
/** What the binaries are made from, and so what their folder is named after. */
const SOURCES = ['go.mod', 'go.sum', 'daprd/main.go', 'scheduler/main.go']
const PACKAGES = ['./daprd', './scheduler']

export interface DaprBinaries {
  daprd: string
  scheduler: string
}

/**
 * Dapr's programs, built once from the Go modules that `runtime/go.mod` and `go.sum` pin.
 * @throws StartError when Go is missing, or the build fails
 */
export async function daprBinaries(surroundings: Surroundings): Promise<DaprBinaries> {
  const { env, tell } = surroundings
  const { version, folder } = await placeOf(env)
  await installOnce(folder, async (unfinished) => {
    const go = await findGo(env)
    tell?.(`Building Dapr ${version}, once; with two cores this takes about five minutes …`)
    await build(go, version, unfinished, surroundings)
  })
  const suffix = platform() === 'win32' ? '.exe' : ''
  return { daprd: join(folder, `daprd${suffix}`), scheduler: join(folder, `scheduler${suffix}`) }
}

/** Whether Go is needed no more. */
export async function isDaprBuilt(env: Surroundings['env']): Promise<boolean> {
  const { folder } = await placeOf(env)
  return access(folder).then(
    () => true,
    () => false,
  )
}

async function placeOf(env: Surroundings['env']): Promise<{ version: string; folder: string }> {
  const texts = await Promise.all(SOURCES.map((name) => readFile(join(RUNTIME, name), 'utf8')))
  const version = /github\.com\/dapr\/dapr v(\S+)/.exec(texts[0] ?? '')?.[1] ?? 'unknown'
  const fingerprint = createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 12)
  return { version, folder: join(cacheFolder(env), `dapr-${version}-${platform()}-${arch()}-${fingerprint}`) }
}

async function build(go: string, version: string, folder: string, { env, signal }: Surroundings): Promise<void> {
  const flags = `-s -w -X github.com/dapr/dapr/pkg/buildinfo.version=${version}`
  const args = ['build', '-trimpath', '-tags', 'stablecomponents', '-ldflags', flags, '-o', `${folder}/`, ...PACKAGES]
  // Without cgo they run wherever the kernel does.
  const options = { cwd: RUNTIME, env: { ...env, CGO_ENABLED: '0' }, maxBuffer: 64 * 1024 * 1024, signal }
  try {
    await promisify(execFile)(go, args, options)
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    const told = (stderr.trim() || message).split('\n').slice(-5).join('\n')
    throw new StartError(`Dapr could not be built with Go:\n${told}`)
  }
}
