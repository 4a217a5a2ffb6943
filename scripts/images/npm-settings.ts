import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the Dockerfile's builds find the secrets. */
const CA_IN_BUILD = '/run/secrets/npm-ca'

export interface NpmSettings {
  userConfig: string
  registry: string
  /** Certificates that the registry is trusted by. */
  caFile?: string | undefined
}

/**
 * The settings of a build: the person's own, with the registry and the certificates that hold on this machine, and the
 * values of the variables that it names, such as a pipeline's token: the build has not the environment.
 */
export function npmrcOf({ userConfig, registry, caFile }: NpmSettings, env: NodeJS.ProcessEnv): string {
  const filled = userConfig.replaceAll(/\$\{(\w+)\}/g, (written, name: string) => env[name] ?? written)
  const own = filled.split('\n').filter((line) => !/^\s*(?:registry|cafile|cache|prefix|nodedir)\s*=/.test(line))
  const ours = [`registry=${registry}`, ...(caFile ? [`cafile=${CA_IN_BUILD}`] : [])]
  return `${[...own, ...ours].filter((line) => line.trim() !== '').join('\n')}\n`
}

/** Secrets for `buildCommand`, in a folder that only we may read. */
export function npmSecrets(): { secrets: Record<string, string>; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'todo-cloud-images-'))
  const file = join(folder, 'npmrc')
  const { caFile, ...settings } = npmSettings()
  writeFileSync(file, npmrcOf({ ...settings, caFile }, process.env), { mode: 0o600 })
  const secrets = { npmrc: file, ...(caFile ? { 'npm-ca': caFile } : {}) }
  return { secrets, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function npmSettings(): NpmSettings {
  const userFile = npmConfig('userconfig')
  const caFile = npmConfig('cafile') || process.env.NODE_EXTRA_CA_CERTS
  return {
    userConfig: userFile && existsSync(userFile) ? readFileSync(userFile, 'utf8') : '',
    registry: npmConfig('registry'),
    caFile: caFile && existsSync(caFile) ? caFile : undefined,
  }
}

/** Empty when it is not set. */
function npmConfig(name: string): string {
  const value = execFileSync('npm', ['config', 'get', name], { encoding: 'utf8' }).trim()
  return value === 'null' || value === 'undefined' ? '' : value
}
