import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { parseDocument, stringify } from 'yaml'

const COMPONENTS = fileURLToPath(new URL('../components', import.meta.url))
const REDIS_COMPONENTS = fileURLToPath(new URL('../components-redis', import.meta.url))
const SECRET_STORE = fileURLToPath(new URL('../components-local/secrets.yaml', import.meta.url))
const CONFIG = fileURLToPath(new URL('../config.yaml', import.meta.url))

/** The bus: Kafka, or Redis Streams, by the files of another folder. */
export type BusAddress = { brokers: string } | { redisHost: string }

export interface ComponentValues {
  /** Made when it is missing. What has the secrets is for its owner only. */
  folder: string
  bus: BusAddress
  databaseUrl: string
  /** More of the secret `todo-cloud`, for services that read their settings from the secret store. */
  secrets?: Record<string, string>
}

export interface RenderedComponents {
  componentsFolder: string
  /** For `--config`: what the chart uses too, and what only this machine needs. */
  configFiles: string[]
}

/**
 * Puts the components into a folder, as a sidecar on this machine wants them. The files are the ones that the chart
 * has: addresses and passwords are in the secret store, which is a file here.
 */
export async function renderComponents(values: ComponentValues): Promise<RenderedComponents> {
  const { folder, bus, databaseUrl } = values
  const componentsFolder = join(folder, 'components')
  const secretsFile = join(folder, 'secrets.json')
  await mkdir(componentsFolder, { recursive: true, mode: 0o700 })
  const address = 'brokers' in bus ? { 'kafka-brokers': bus.brokers } : { 'redis-host': bus.redisHost }
  const secrets = { 'todo-cloud': { ...values.secrets, ...address, 'database-url': databaseUrl } }
  await writeFile(secretsFile, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  await cp(COMPONENTS, componentsFolder, { recursive: true })
  if ('redisHost' in bus) await cp(REDIS_COMPONENTS, componentsFolder, { recursive: true })
  await writeFile(join(componentsFolder, 'secrets.yaml'), await secretStore(secretsFile))
  const localConfig = join(folder, 'local-config.yaml')
  const names = join(folder, 'names.db')
  makeRegister(names)
  await writeFile(localConfig, stringify(nameResolution(names)))
  return { componentsFolder, configFiles: [CONFIG, localConfig] }
}

/** The store's own file, with the whole path of its secrets. */
async function secretStore(secretsFile: string): Promise<string> {
  const document = parseDocument(await readFile(SECRET_STORE, 'utf8'))
  document.setIn(['spec', 'metadata', 0, 'value'], secretsFile)
  return document.toString()
}

/**
 * Sidecars write ahead in it. Turning that on is the one step for which SQLite waits for nobody: of two that start with
 * a new file, one fails there, and runs on without a register (Dapr 1.16), so that no service finds its app.
 */
function makeRegister(file: string): void {
  const register = new DatabaseSync(file)
  const { journal_mode: mode } = register.prepare('pragma journal_mode = wal').get() as { journal_mode: string }
  register.close()
  if (mode !== 'wal') throw new Error(`SQLite cannot write ahead in ${file}: keep the data on a local disk`)
}

/**
 * In a file, and not by multicast: two instances on one machine or network never find each other's services. A sidecar
 * signs in every `updateInterval` less `timeout`, and is found for as long as `updateInterval` after that. Left to itself
 * that is every 4 s for 5 s: on a busy machine nobody found it for some seconds. Nor is anything cleaned up: that takes
 * away those who have just signed in (Dapr 1.16), after an hour, and a sidecar that misses its name ends.
 */
function nameResolution(database: string): unknown {
  const configuration = { connectionString: database, updateInterval: '15s', timeout: '12s', cleanupInterval: '0s' }
  return {
    apiVersion: 'dapr.io/v1alpha1',
    kind: 'Configuration',
    metadata: { name: 'local' },
    spec: {
      nameResolution: { component: 'sqlite', version: 'v1', configuration },
    },
  }
}
