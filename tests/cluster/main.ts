import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { loadConfig } from '@todo/platform/config'
import { errorMessage } from '@todo/platform/errors'
import { freePort } from '@todo/platform/free-port'
import { ClusterConfig } from './config.ts'
import { apply, helm, kubectl, shown } from './support/commands.ts'
import { VERSIONS, makeImages } from './support/images.ts'
import { RELEASE, RELEASE_VARIABLE, deploy, podsOfServices, reserveAddress } from './support/release.ts'
import type { Release } from './support/release.ts'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url))

const say = (line: string) => process.stdout.write(`${line}\n`)

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${errorMessage(error)}\n`)
  return 1
})

async function main(): Promise<number> {
  const config = loadConfig(ClusterConfig, process.env)
  // Tests that were ended in the middle may have left it frozen.
  if (config.THAW_NODE) await shown(config.THAW_NODE)
  await step('the cluster answers, and has Dapr', () => assertDapr())
  await step('definitions of what the chart can work with', () => define(config))
  if (!config.KEEP_IMAGES) await step('images', () => makeImages(config.LOAD_IMAGES))
  const namespace = `todo-test-${Date.now().toString(36)}`
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  try {
    const release = await describeRelease(config, namespace)
    await step('the release', () => install(release))
    return await runTests(release)
  } finally {
    if (config.THAW_NODE) await shown(config.THAW_NODE)
    if (!config.KEEP_RELEASE) await step('everything is removed', () => remove(namespace))
  }
}

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now()
  const result = await work()
  say(`${what}: ${((Date.now() - startedAt) / 1_000).toFixed(1)} s`)
  return result
}

async function assertDapr(): Promise<void> {
  await kubectl('get', 'crd', 'components.dapr.io').catch((error: unknown) => {
    throw new Error(`Dapr has to be in the cluster, by its own chart: ${errorMessage(error)}`)
  })
}

async function define({ CLUSTER_DEFINITIONS: folder }: ClusterConfig): Promise<void> {
  if (folder) await kubectl('apply', '--server-side', '--force-conflicts', '--filename', folder)
}

async function describeRelease(config: ClusterConfig, namespace: string): Promise<Release> {
  const url = config.CLUSTER_URL ?? (await reserveAddress(namespace))
  const hostAddress = config.TEST_HOST_ADDRESS ?? (await addressThatClusterSees())
  const [smtpPort, kafkaPort, postgresPort] = await Promise.all([freePort(), freePort(), freePort()])
  const values = await valuesOf(config, { url, smtp: `smtp://${hostAddress}:${smtpPort}`, kafkaPort })
  return { namespace, url, hostAddress, smtpPort, kafkaPort, postgresPort, versions: VERSIONS, values }
}

/** Of this machine, as it speaks to the API server. */
async function addressThatClusterSees(): Promise<string> {
  const server = await kubectl('config', 'view', '--minify', '--output=jsonpath={.clusters[0].cluster.server}')
  const { hostname, port } = new URL(server)
  const socket: Socket = connect(Number(port) || 443, hostname)
  await once(socket, 'connect')
  const { localAddress = '' } = socket
  socket.destroy()
  return localAddress
}

async function valuesOf(
  { POSTGRES_IMAGE, KAFKA_IMAGE, KAFKA_LIBS, POD_LABELS }: ClusterConfig,
  { url, smtp, kafkaPort }: { url: string; smtp: string; kafkaPort: number },
): Promise<Release['values']> {
  const values = parse(await readFile(join(HERE, 'values.yaml'), 'utf8')) as Record<string, any>
  Object.assign(values.image, { tag: VERSIONS.first })
  Object.assign(values.kafka, {
    single: {
      forwardedPort: kafkaPort,
      ...(KAFKA_IMAGE ? { image: KAFKA_IMAGE } : {}),
      ...(KAFKA_LIBS ? { libs: KAFKA_LIBS } : {}),
    },
  })
  if (POSTGRES_IMAGE) Object.assign(values.postgres, { single: { image: POSTGRES_IMAGE } })
  const podLabels = Object.fromEntries(
    POD_LABELS.split(',')
      .filter(Boolean)
      .map((label) => label.split('=')),
  )
  return { ...values, publicUrl: url, smtp: { url: smtp }, podLabels }
}

/** @throws with what the pods say of themselves */
async function install(release: Release): Promise<void> {
  try {
    await deploy(release)
    await assertNoneStartedAgain(release.namespace)
  } catch (error) {
    const pods = await kubectl('get', 'pods', '-n', release.namespace, '-o', 'wide')
    // All of them: why a pod has no node is said once, early, and by no time to sort by.
    const warnings = await kubectl('get', 'events', '-n', release.namespace, '--field-selector=type=Warning')
    throw new Error(`${errorMessage(error)}\n\n${pods}\n${warnings}`, { cause: error })
  }
}

/** At a first installation everything waits for what it needs, and nothing fails meanwhile. */
async function assertNoneStartedAgain(namespace: string): Promise<void> {
  const again = (await podsOfServices(namespace)).flatMap(({ metadata, status }) =>
    (status.containerStatuses ?? [])
      .filter(({ restartCount }) => restartCount > 0)
      .map(({ name, restartCount }) => `${name} of ${metadata.name} was started ${restartCount} times again`),
  )
  if (again.length > 0) throw new Error(again.join('\n'))
}

async function runTests(release: Release): Promise<number> {
  const given = process.argv.slice(2)
  const chosen = given.some((arg) => arg.startsWith('--project')) ? [] : ['--project=cluster*']
  const vitest = join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs')
  const child = spawn(process.execPath, [vitest, 'run', ...chosen, ...given], {
    cwd: REPOSITORY,
    env: { ...process.env, [RELEASE_VARIABLE]: JSON.stringify(release), RECEIVER_HOST: release.hostAddress },
    stdio: 'inherit',
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code ?? 1
}

async function remove(namespace: string): Promise<void> {
  await helm('uninstall', RELEASE, '--namespace', namespace, '--wait', '--timeout', '3m').catch((error: unknown) =>
    say(errorMessage(error)),
  )
  await kubectl('delete', 'namespace', namespace, '--timeout=3m')
}
