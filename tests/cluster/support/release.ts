import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { SERVICE_NAMES } from '@todo/platform/service'
import { apply, command, helm, kubectl, kubectlJson } from './commands.ts'

export const CHART = fileURLToPath(new URL('../../../k8s/helm/todo-app-cloud', import.meta.url))
export const RELEASE = 'todo'
const WAIT = '5m'

/** What the tests know of the release that they run against; `npm run test:cluster` makes it and tells them. */
const Release = z.object({
  namespace: z.string(),
  url: z.string(),
  /** Address of this machine that pods reach. */
  hostAddress: z.string(),
  smtpPort: z.int(),
  /** On this machine, where what listens on 9094 in Kafka's pod is brought to. */
  kafkaPort: z.int(),
  postgresPort: z.int(),
  /** Tags of images: what runs first, and the version after it, which has one more migration. */
  versions: z.object({ first: z.string(), next: z.string() }),
  /** All values, for an upgrade. */
  values: z.record(z.string(), z.unknown()),
})
export type Release = z.infer<typeof Release>

export const RELEASE_VARIABLE = 'CLUSTER_RELEASE'

/** The release of this run. @throws outside of one */
export function currentRelease(): Release {
  const text = process.env[RELEASE_VARIABLE]
  if (!text) throw new Error('There is no release to test: run npm run test:cluster')
  return Release.parse(JSON.parse(text))
}

/** Installs or upgrades, and resolves when everything is ready. Answers how long it took. */
export async function deploy(
  { namespace, values }: Pick<Release, 'namespace' | 'values'>,
  changes: Record<string, string> = {},
  chart: string = CHART,
): Promise<number> {
  const startedAt = Date.now()
  const sets = Object.entries(changes).flatMap(([name, value]) => ['--set-string', `${name}=${value}`])
  const args = ['upgrade', '--install', RELEASE, chart, '--namespace', namespace, '--values', '-', ...sets]
  await command('helm', [...args, '--wait', '--wait-for-jobs', '--timeout', WAIT], JSON.stringify(values))
  return Date.now() - startedAt
}

/** The chart as another version of it, in an archive in a folder. */
export async function packageChart(version: string, folder: string): Promise<string> {
  await helm('package', CHART, '--version', version, '--destination', folder)
  return join(folder, `todo-app-cloud-${version}.tgz`)
}

export async function rollback({ namespace }: Pick<Release, 'namespace'>): Promise<void> {
  await helm('rollback', RELEASE, '--namespace', namespace, '--wait', '--timeout', WAIT)
}

/** The entrance's address, which is in links and cookies, before anything answers there; the release takes it over. */
export async function reserveAddress(namespace: string): Promise<string> {
  const name = `${RELEASE}-backend`
  await apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': RELEASE, 'meta.helm.sh/release-namespace': namespace },
    },
    spec: { ports: [{ name: 'http', port: 8080 }] },
  })
  const { spec } = await kubectlJson<{ spec: { clusterIP: string } }>('get', 'service', name, '-n', namespace)
  return `http://${spec.clusterIP}:8080`
}

export interface Pod {
  metadata: { name: string; labels: Record<string, string>; deletionTimestamp?: string }
  spec: {
    containers: { name: string; resources?: { requests?: Record<string, string>; limits?: Record<string, string> } }[]
  }
  status: {
    podIP?: string
    conditions?: { type: string; status: string }[]
    containerStatuses?: { name: string; ready: boolean; started?: boolean; restartCount: number; image: string }[]
  }
}

/** Pods of one part of the app, those that are going away left out. */
export async function podsOf(namespace: string, component: string): Promise<Pod[]> {
  const selector = `app.kubernetes.io/component=${component}`
  const { items } = await kubectlJson<{ items: Pod[] }>('get', 'pods', '-n', namespace, '-l', selector)
  return items.filter(({ metadata }) => !metadata.deletionTimestamp)
}

export async function podsOfServices(namespace: string): Promise<Pod[]> {
  return (await Promise.all(SERVICE_NAMES.map((service) => podsOf(namespace, service)))).flat()
}

export async function firstPodOf(namespace: string, component: string): Promise<Pod> {
  const [pod] = await podsOf(namespace, component)
  if (!pod) throw new Error(`No pod of ${component} runs`)
  return pod
}

export const isReady = ({ status }: Pod): boolean =>
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false

/** Runs JavaScript (a module) in a container of a pod, and answers what it prints. */
export function evaluateIn(namespace: string, pod: string, container: string, script: string): Promise<string> {
  return kubectl('exec', '-n', namespace, pod, '-c', container, '--', 'node', '--input-type=module', '--eval', script)
}
