import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { StartError } from '@todo/standalone/start-error'

const OLDEST_JAVA = 17
const OLDEST_GO = { major: 1, minor: 24 }

type Env = Record<string, string | undefined>

/**
 * The Java that Kafka runs on: JAVA_HOME's, or the one on the PATH.
 * @throws StartError with one line on what to install
 */
export async function findJava(env: Env): Promise<string> {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, 'bin', 'java') : 'java'
  const said = await outputOf(java, ['-version'], env)
  const hint = `Kafka needs Java ${OLDEST_JAVA} or newer: install it (Debian: apt install openjdk-17-jre-headless; macOS: brew install openjdk), or set JAVA_HOME.`
  if (said === null) throw new StartError(`There is no Java here. ${hint}`)
  const version = /version "(\d+)/.exec(said)?.[1]
  if (Number(version) >= OLDEST_JAVA) return java
  throw new StartError(`This Java is ${version ? `version ${version}` : 'of an unknown version'}. ${hint}`)
}

/**
 * The Go that builds Dapr.
 * @throws StartError with one line on what to install
 */
export async function findGo(env: Env): Promise<string> {
  const said = await outputOf('go', ['version'], env)
  const wanted = `${OLDEST_GO.major}.${OLDEST_GO.minor}`
  const hint = `Dapr is built once with Go ${wanted} or newer: install it from https://go.dev/dl.`
  if (said === null) throw new StartError(`There is no Go here. ${hint}`)
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(said) ?? []
  const isNewEnough = Number(major) > OLDEST_GO.major || Number(minor) >= OLDEST_GO.minor
  if (isNewEnough) return 'go'
  throw new StartError(`This Go is ${major ? `version ${major}.${minor}` : 'of an unknown version'}. ${hint}`)
}

/** What a program says of itself, on either stream; null when there is none. */
async function outputOf(program: string, args: string[], env: Env): Promise<string | null> {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { env })
    return stdout + stderr
  } catch (error) {
    if (['ENOENT', 'EACCES'].includes(String((error as NodeJS.ErrnoException).code))) return null
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return stdout + stderr
  }
}
