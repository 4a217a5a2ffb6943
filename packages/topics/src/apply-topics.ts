import { setTimeout as delay } from 'node:timers/promises'
import { ConfigResourceTypes, IncrementalAlterConfigOperationTypes } from '@platformatic/kafka'
import type { Admin, ClusterTopicMetadata } from '@platformatic/kafka'
import { withAdmin } from './kafka-admin.ts'
import { topicSettings } from './topics.ts'
import type { TopicSettings } from './topics.ts'

interface Options {
  topics?: readonly TopicSettings[]
  /** Copies of each new topic; what is there keeps the number that it has. */
  replication?: number
  /** One line per change. */
  tell?: (line: string) => void
}

const SHOWN_WITHIN_MS = 10_000
const ASK_AGAIN_MS = 50

/**
 * Makes the topics that are missing, gives those that are there the settings of the file, and more partitions where the
 * file has more: never fewer, which Kafka cannot, and which would move keys. Safe to run again, and beside another.
 */
export async function applyTopics(
  admin: Admin,
  { topics = topicSettings(), replication = 1, tell = () => undefined }: Options = {},
): Promise<void> {
  const known = new Set(await admin.listTopics())
  const [present, missing] = [true, false].map((wanted) => topics.filter(({ name }) => known.has(name) === wanted))
  for (const { name, partitions, config } of missing!) {
    const configs = Object.entries(configOf(config, replication)).map(([key, value]) => ({ name: key, value }))
    await admin.createTopics({ topics: [name], partitions, replicas: replication, configs })
    tell(`${name}: made with ${partitions} partitions`)
  }
  await untilShown(admin, missing!)
  if (present!.length === 0) return
  const metadata = await admin.metadata({ topics: present!.map(({ name }) => name), forceUpdate: true })
  for (const settings of present!) {
    const found = metadata.topics.get(settings.name)
    if (!found) continue
    await raisePartitions(admin, settings, found, tell)
    await applyConfig(admin, settings, found, tell)
  }
}

/** The controller answers before a broker has heard of a topic: until then, who asks that broker finds none. */
async function untilShown(admin: Admin, topics: readonly TopicSettings[]): Promise<void> {
  if (topics.length === 0) return
  const deadline = Date.now() + SHOWN_WITHIN_MS
  for (;;) {
    const shown = new Set(await admin.listTopics())
    const hidden = topics.filter(({ name }) => !shown.has(name))
    if (hidden.length === 0) return
    const names = hidden.map(({ name }) => name).join(', ')
    if (Date.now() > deadline) throw new Error(`${names}: made, but the broker does not show it yet`)
    await delay(ASK_AGAIN_MS)
  }
}

type Tell = (line: string) => void

async function raisePartitions(
  admin: Admin,
  { name, partitions }: TopicSettings,
  found: ClusterTopicMetadata,
  tell: Tell,
): Promise<void> {
  if (found.partitionsCount >= partitions) return
  await admin.createPartitions({ topics: [{ name, count: partitions, assignments: null }] })
  tell(`${name}: ${found.partitionsCount} → ${partitions} partitions`)
}

async function applyConfig(
  admin: Admin,
  { name, config }: TopicSettings,
  found: ClusterTopicMetadata,
  tell: Tell,
): Promise<void> {
  const copies = Math.min(...Object.values(found.partitions).map(({ replicas }) => replicas.length))
  const wanted = configOf(config, copies)
  const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: name }
  const described = await admin.describeConfigs({
    resources: [{ ...resource, configurationKeys: Object.keys(wanted) }],
  })
  const current = new Map(described[0]?.configs.map(({ name: key, value }) => [key, value]))
  const changes = Object.entries(wanted).filter(([key, value]) => current.get(key) !== value)
  if (changes.length === 0) return
  const configOperation = IncrementalAlterConfigOperationTypes.SET
  const configs = changes.map(([key, value]) => ({ name: key, value, configOperation }))
  await admin.incrementalAlterConfigs({ resources: [{ ...resource, configs }] })
  for (const [key, value] of changes) tell(`${name}: ${key} ${current.get(key) ?? 'unset'} → ${value}`)
}

/** An event counts as kept when all copies but one have it: then one broker may be away, and none is lost with another. */
function configOf(config: TopicSettings['config'], copies: number): Record<string, string> {
  const texts = Object.entries(config).map(([name, value]) => [name, String(value)])
  return { ...Object.fromEntries(texts), 'min.insync.replicas': String(Math.max(1, copies - 1)) }
}

/** The same on a cluster of one broker that is open to us, such as the one on this machine. */
export async function createTopics(brokers: string): Promise<void> {
  await withAdmin(brokers, (admin) => applyTopics(admin))
}
