import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVICE_NAMES } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { kubectl } from '../../../cluster/support/commands.ts'
import { reach } from '../../../cluster/support/reach.ts'
import type { Reach } from '../../../cluster/support/reach.ts'
import { RELEASE, currentRelease, podsOf, podsOfServices } from '../../../cluster/support/release.ts'
import type { Release } from '../../../cluster/support/release.ts'
import type { App, AppOptions } from '../app.ts'
import { failuresIn, logLines } from '../logs.ts'
import { samplesIn } from '../metrics.ts'
import { Person } from '../person.ts'
import { eventsInTopics } from '../topic-events.ts'

const PARTS = 'app.kubernetes.io/component in (backend,recurring-task,notification,audit,realtime)'
const READY = '--timeout=180s'
const WAY_MS = 30_000

/** The release that a cluster runs, which all stories share: they know each other's people by chance only. */
export async function joinRelease({ env, database }: AppOptions): Promise<App> {
  if (env || database) throw new Error('A release in a cluster has settings and a database of its own')
  const release = currentRelease()
  const { namespace, url } = release
  const { mail, databaseUrl, brokers, close } = await reachTogether(release)
  const dataFolder = await mkdtemp(join(tmpdir(), 'todo-cloud-acceptance-'))
  const story = randomUUID().slice(0, 8)
  const since = new Date().toISOString()
  const said = () => logsSince(namespace, since)
  const scale = (replicas: Record<string, number>) => scaleServices(namespace, replicas)
  const scaleDown = async () => {
    running = await replicasOf(namespace)
    await scale(Object.fromEntries(SERVICE_NAMES.map((name) => [name, 0])))
  }
  let people = 0
  let running: Record<string, number> | null = null
  const stop = async () => {
    await scaleDown()
    await kubectl('wait', '-n', namespace, '--for=delete', 'pod', '-l', PARTS, READY)
    return 0
  }
  return {
    url,
    databaseUrl,
    dataFolder,
    smtp: mail,
    events: () => eventsInTopics(brokers),
    unseen: [],
    metrics: async () => (await metricsTexts(namespace)).flatMap(samplesIn),
    signUp: (name = 'Ada', profile = {}) => {
      people += 1
      return new Person(url, `${name.toLowerCase()}-${people}-${story}@example.org`).signUp(name, profile)
    },
    failures: () => failuresIn(said()),
    said,
    logLines: () => logLines(said()),
    stop,
    kill: async () => {
      await scaleDown()
      await kubectl('delete', 'pods', '-n', namespace, '-l', PARTS, '--force', '--grace-period=0')
    },
    restart: async () => {
      await scale(running ?? {})
      for (const name of SERVICE_NAMES)
        await kubectl('rollout', 'status', `deployment/${RELEASE}-${name}`, '-n', namespace, READY)
      // The pods are ready a moment before the node knows the way to them.
      const answers = async () => (await fetch(`${url}/livez`)).ok
      await pollUntil(answers, { timeoutMs: WAY_MS, what: `an answer at ${url}` })
    },
    close: async () => {
      await close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

let reached: { way: Promise<Reach>; users: number } | null = null

/** The ports of the way there are fixed: who joins while somebody else is there takes the same one. */
async function reachTogether(release: Release): Promise<Reach> {
  reached ??= { way: reach(release), users: 0 }
  const mine = reached
  mine.users += 1
  const leave = async (end: () => Promise<void>) => {
    mine.users -= 1
    if (mine.users > 0) return
    reached = null
    await end()
  }
  try {
    const way = await mine.way
    return { ...way, close: () => leave(way.close) }
  } catch (error) {
    await leave(async () => {})
    throw error
  }
}

function logsSince(namespace: Release['namespace'], since: string): string {
  const args = [
    'logs',
    '-n',
    namespace,
    '-l',
    PARTS,
    '--all-containers',
    '--ignore-errors',
    '--tail=-1',
    `--since-time=${since}`,
  ]
  return execFileSync('kubectl', [...args, '--max-log-requests=40'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
}

async function metricsTexts(namespace: string): Promise<string[]> {
  const pods = await podsOfServices(namespace)
  const pathOf = (pod: string) => `/api/v1/namespaces/${namespace}/pods/${pod}:8080/proxy/metrics`
  return Promise.all(pods.map(({ metadata }) => kubectl('get', '--raw', pathOf(metadata.name))))
}

async function replicasOf(namespace: string): Promise<Record<string, number>> {
  const counts = SERVICE_NAMES.map(async (name) => [name, (await podsOf(namespace, name)).length] as const)
  return Object.fromEntries(await Promise.all(counts))
}

async function scaleServices(namespace: string, replicas: Record<string, number>): Promise<void> {
  const each = Object.entries(replicas).map(([name, count]) =>
    kubectl('scale', `deployment/${RELEASE}-${name}`, '-n', namespace, `--replicas=${count}`),
  )
  await Promise.all(each)
}
