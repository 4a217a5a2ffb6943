import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { SERVICE_NAMES } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { Fault } from '../faults/support/fault.ts'
import { resultLine } from '../faults/support/report.ts'
import { Seeded } from '../faults/support/seeded.ts'
import { TrialGround } from '../faults/support/trial.ts'
import { kubectl, kubectlJson, shown } from './support/commands.ts'
import { ClusterGround, deleteByForce } from './support/ground.ts'
import { memoryOf, memoryTable } from './support/memory.ts'
import { PodLogs } from './support/pod-logs.ts'
import {
  RELEASE,
  currentRelease,
  deploy,
  isReady,
  packageChart,
  podsOf,
  podsOfServices,
  rollback,
} from './support/release.ts'
import type { Pod } from './support/release.ts'

/** In an upgrade ten pods start on the same two cores. */
const PER_SECOND = 10
const FROZEN_SECONDS = 60
/** After 50 s without a word of its kubelet, Kubernetes sends no requests to a node: and there is no other one. */
const NODE_IS_HEARD_MS = 45_000
const release = currentRelease()
const seed = Number(process.env.FAULTS_SEED ?? Math.floor(Math.random() * 1_000_000))
const tell = (line: string) => process.stdout.write(`${line}\n`)

let app: ClusterGround | undefined
let ground: TrialGround<ClusterGround>

beforeAll(async () => {
  tell(`Faults of the seed ${seed}: again with FAULTS_SEED=${seed}`)
  app = await ClusterGround.open(release)
  ground = await TrialGround.open(app, new Seeded(seed), PER_SECOND)
})

afterAll(() => app?.close())

async function assertEndured(name: string, strike: () => Promise<string>, rest: Partial<Fault<ClusterGround>> = {}) {
  const fault: Fault<ClusterGround> = {
    kind: 'kill',
    name,
    replicas: 2,
    seconds: 30,
    strike: async () => ({ point: await strike() }),
    ...rest,
  }
  const logs = new PodLogs({ namespace: release.namespace, component: 'backend' })
  onTestFinished(() => logs.close())
  const result = await ground.run(fault)
  tell(resultLine(result))
  if (result.problems.length > 0) tell(`  ${['the backend said:', ...logs.failures].join('\n    ')}`)
  tell(`  ${result.sent} requests, ${result.triedAgain} tried again, the slowest ${Math.round(result.slowestMs)} ms`)
  expect(result.problems.length, result.problems.join('\n')).toBe(0)
}

test.each(SERVICE_NAMES)('every pod of %s deleted by force: nothing is lost, doubled or refused', async (service) => {
  await assertEndured(`delete ${service}`, async () => `${await app!.deleteEach(service)} pods`)
})

test('the broker’s pod deleted by force: nothing is lost, doubled or refused', async () => {
  await assertEndured('delete kafka', async () => `${await app!.deleteEach('kafka')} pod`)
})

test('the database’s pod deleted by force: nothing that was answered is lost, and nothing doubled', async () => {
  await assertEndured('delete postgres', async () => `${await app!.deleteEach('postgres')} pod`, { mayRefuse: true })
})

test('every pod of Dapr deleted by force: nothing is lost, doubled or refused', async () => {
  await assertEndured('delete Dapr', async () => {
    const pods = async () => (await kubectlJson<{ items: Pod[] }>('get', 'pods', '-n', 'dapr-system')).items
    const names = (await pods()).map(({ metadata }) => metadata.name)
    for (const name of names) {
      await deleteByForce('dapr-system', name)
      const areReady = async () => {
        const there = (await pods()).filter(({ metadata }) => !metadata.deletionTimestamp)
        return there.length === names.length && there.every(isReady)
      }
      await pollUntil(areReady, { timeoutMs: 90_000, intervalMs: 250, what: `another ${name} is ready` })
    }
    return `${names.length} pods`
  })
})

const versionsOf = async (): Promise<string[]> => {
  const images = (await podsOfServices(release.namespace)).flatMap(({ status }) => status.containerStatuses ?? [])
  return images.map(({ image }) => image).filter((image) => image.includes('todo-cloud-'))
}

/** What the app has made up for itself, and its tokens. */
const secretsNow = async (): Promise<Record<string, unknown>> => {
  const selector = `app.kubernetes.io/instance=${RELEASE}`
  const { items } = await kubectlJson<{ items: { metadata: { name: string }; data: unknown }[] }>(
    'get',
    'secrets',
    '-n',
    release.namespace,
    '-l',
    selector,
  )
  return Object.fromEntries(items.map(({ metadata, data }) => [metadata.name, data]))
}

test('a rolling upgrade to another chart and image, with a migration: nothing is lost, doubled or refused', async () => {
  const secrets = await secretsNow()
  expect(Object.keys(secrets)).toEqual(
    expect.arrayContaining(['todo-auth', 'todo-channel', 'todo-database', 'todo-stream']),
  )
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-chart-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const chart = await packageChart('0.1.1', folder)
  await assertEndured(
    'upgrade',
    async () => `${await deploy(release, { 'image.tag': release.versions.next }, chart)} ms`,
  )
  expect(await secretsNow()).toEqual(secrets)
  for (const image of await versionsOf()) expect(image).toMatch(/:test-next$/)
  const { rows } = await app!.database.query(`select file from platform.migration where file = '0999-mood.sql'`)
  expect(rows).toHaveLength(1)
})

test('a rollback, to a version that does not know the migration: nothing is lost, doubled or refused', async () => {
  const secrets = await secretsNow()
  await assertEndured('rollback', async () => {
    await rollback(release)
    return 'helm rollback'
  })
  expect(await secretsNow()).toEqual(secrets)
  for (const image of await versionsOf()) expect(image).toMatch(/:test$/)
  await app!.database.query('select mood from task limit 1')
})

const { FREEZE_NODE, THAW_NODE } = process.env

test.runIf(FREEZE_NODE && THAW_NODE)(
  `the node’s kubelet stopped for ${FROZEN_SECONDS} s: nothing is lost or doubled, and people are answered until Kubernetes gives the node up`,
  async () => {
    await assertEndured(
      'freeze the kubelet',
      async () => {
        await shown(FREEZE_NODE!)
        try {
          await delay(FROZEN_SECONDS * 1_000)
        } finally {
          await shown(THAW_NODE!)
        }
        await kubectl('wait', '--for=condition=Ready', 'nodes', '--all', '--timeout=120s')
        for (const service of SERVICE_NAMES)
          await app!.ready(service, (await podsOf(release.namespace, service)).length)
        return `${FROZEN_SECONDS} s`
      },
      { mayRefuseAfterMs: NODE_IS_HEARD_MS },
    )
  },
)

test('after all of this, every container has stayed within the memory that it asks for', async () => {
  const used = await memoryOf(release.namespace)
  tell(memoryTable(used))
  const over = used.filter(({ usedMiB, requestMiB }) => usedMiB > requestMiB)
  expect(over.map(({ pod, container, usedMiB }) => `${pod} ${container}: ${usedMiB} MiB`)).toEqual([])
})

test('looked at as a whole, every promise is kept', async () => {
  const problems = await ground.finish()
  expect(problems.length, problems.join('\n')).toBe(0)
})
