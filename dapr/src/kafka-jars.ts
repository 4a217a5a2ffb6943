import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { z } from 'zod'
import { errorMessage } from '@todo/platform/errors'
import { StartError } from '@todo/standalone/start-error'
import { cacheFolder, installOnce } from './cache.ts'
import type { Surroundings } from './surroundings.ts'

interface Artifact {
  groupId: string
  artifactId: string
  version: string
  extension: string
}

/** The address of an artifact in a repository; in Maven Central when none is named. */
interface ArtifactUrl {
  default: (artifact: Artifact, repository?: string) => Promise<string>
}

// A CommonJS module: what its default export is depends on who imports it, unless it is required.
const require = createRequire(import.meta.url)
const { default: artifactUrl } = require('mvn-artifact-url') as ArtifactUrl

const LIST = new URL('../runtime/kafka.json', import.meta.url)
const DOWNLOADS_AT_ONCE = 6
const TRIES = 3

const KafkaList = z.object({
  version: z.string(),
  /** group:artifact:version of the Maven coordinates → SHA-256 of its jar. */
  jars: z.record(z.string().regex(/^[^:]+:[^:]+:[^:]+$/), z.string().regex(/^[0-9a-f]{64}$/)),
})

/**
 * The folder of Kafka's jars, each one the very file that its checksum in `runtime/kafka.json` names. Fetched once.
 * @throws StartError when one cannot be had
 */
export async function kafkaJars({ env, tell }: Surroundings): Promise<string> {
  const text = await readFile(LIST, 'utf8')
  const { version, jars } = KafkaList.parse(JSON.parse(text))
  const fingerprint = createHash('sha256').update(text).digest('hex').slice(0, 12)
  return installOnce(join(cacheFolder(env), `kafka-${version}-${fingerprint}`), async (folder) => {
    const waiting = Object.entries(jars)
    tell?.(`Fetching Kafka ${version} (${waiting.length} files), once …`)
    const fetchNext = async (): Promise<void> => {
      for (let jar = waiting.shift(); jar; jar = waiting.shift()) await fetchJar(jar, folder, env.MAVEN_REPOSITORY_URL)
    }
    await Promise.all(Array.from({ length: DOWNLOADS_AT_ONCE }, fetchNext))
  })
}

async function fetchJar([name, sha256]: [string, string], folder: string, repository?: string): Promise<void> {
  const [groupId = '', artifactId = '', version = ''] = name.split(':')
  const base = repository && `${repository.replace(/\/+$/, '')}/`
  const url = await artifactUrl({ groupId, artifactId, version, extension: 'jar' }, base)
  const bytes = await download(url)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found !== sha256) throw new StartError(`${url} is not the file that is expected (its SHA-256 is ${found}).`)
  await writeFile(join(folder, `${artifactId}-${version}.jar`), bytes)
}

async function download(url: string, tries = TRIES): Promise<Buffer> {
  try {
    const answer = await fetch(url)
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
    return Buffer.from(await answer.arrayBuffer())
  } catch (error) {
    if (tries > 1) return download(url, tries - 1)
    const reason = errorMessage(error instanceof Error && error.cause ? error.cause : error)
    throw new StartError(`${url} could not be fetched (${reason}): try again, or set MAVEN_REPOSITORY_URL to a mirror.`)
  }
}
