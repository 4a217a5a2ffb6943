import { setTimeout as delay } from 'node:timers/promises'
import type { Admin } from '@platformatic/kafka'
import { withAdmin } from '@todo/topics/kafka-admin'
import { topicSettings } from '@todo/topics/topics'
import { CONSUMERS } from '@todo/platform/dapr/topics'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { Topic } from '@todo/model/events'
import type { Fault, Scene, Struck } from '../support/fault.ts'
import type { Publishing } from '../support/orders.ts'

const UNDER_LOAD_SECONDS = 10

export const REDELIVERY_FAULTS: Fault[] = [
  {
    kind: 'redelivery',
    name: 'every event published twice',
    replicas: 1,
    seconds: UNDER_LOAD_SECONDS,
    strike: everyEventTwice,
  },
  {
    kind: 'redelivery',
    name: 'events shuffled across keys',
    replicas: 1,
    seconds: UNDER_LOAD_SECONDS,
    strike: shuffledAcrossKeys,
  },
  { kind: 'redelivery', name: 'all events again from the earliest', replicas: 1, seconds: 15, strike: allAgain },
]

async function everyEventTwice({ app, topics }: Scene): Promise<Struck> {
  const brokers = await app.brokers()
  await topics.readOn(brokers)
  const known = new Set(topics.events.keys())
  await publishing(app, { how: 'twice' })
  await topics.readOn(brokers)
  const fresh = [...topics.events].filter(([id]) => !known.has(id))
  const doubled = fresh.filter(([, { copies }]) => copies > 1)
  // What was on its way at the beginning and at the end of it came once.
  if (doubled.length < fresh.length * 0.9)
    throw new Error(`of ${fresh.length} events only ${doubled.length} came twice`)
  return { point: `${doubled.length} of ${fresh.length} events` }
}

async function shuffledAcrossKeys({ app, topics }: Scene): Promise<Struck> {
  const { rows } = await app.database.query<{ seq: number }>('select max(seq)::int as seq from outbox')
  await publishing(app, { how: 'shuffled' })
  await topics.readOn(await app.brokers())
  const inOrder = await app.database.query<{ id: string }>(
    `select event->>'id' as id from outbox, json_array_elements(entry->'events') as event
     where entry->>'kind' = 'events' and published_at is not null and seq > $1 order by seq`,
    [rows[0]?.seq ?? 0],
  )
  const swapped = countSwapped(
    inOrder.rows.map(({ id }) => topics.events.get(id)).filter((event) => event !== undefined),
  )
  if (swapped === 0) throw new Error('all events lie in the order of the outbox')
  return { point: `${swapped} of ${inOrder.rows.length} events` }
}

/** Those that lie in a partition before one that was said before them. */
function countSwapped(events: { topic: string; partition: number; offset: bigint }[]): number {
  const furthest = new Map<string, bigint>()
  let swapped = 0
  for (const { topic, partition, offset } of events) {
    const place = `${topic}/${partition}`
    const before = furthest.get(place) ?? -1n
    if (offset < before) swapped += 1
    else furthest.set(place, offset)
  }
  return swapped
}

async function publishing(app: Scene['app'], how: Publishing): Promise<void> {
  await app.orders.publish(how)
  await delay(UNDER_LOAD_SECONDS * 1_000)
  await app.orders.publishAsEver()
}

const AUDITED: Topic[] = (Object.keys(CONSUMERS) as Topic[]).filter((topic) => CONSUMERS[topic].length > 0)

/** Each consumer group goes back to the beginning of its topics, while its sidecar is away. */
async function allAgain({ app }: Scene): Promise<Struck> {
  const brokers = await app.brokers()
  const groups = new Set(AUDITED.flatMap((topic) => CONSUMERS[topic]))
  let events = 0
  for (const group of groups) {
    const topics = AUDITED.filter((topic) => CONSUMERS[topic].includes(group))
    const sidecar = `${group}-sidecar`
    const { pid } = await app.process(sidecar)
    process.kill(pid, 'SIGTERM')
    const next = await app.next(sidecar, pid)
    // Before it is a member again.
    process.kill(next, 'SIGSTOP')
    try {
      events += await pollUntil(() => withAdmin(brokers, (admin) => goBack(admin, group, topics)), {
        timeoutMs: 30_000,
        intervalMs: 20,
        what: `the group ${group} goes back`,
      })
    } finally {
      process.kill(next, 'SIGCONT')
    }
    await app.back(sidecar, pid)
  }
  return { point: `${events} deliveries again, of ${groups.size} groups` }
}

/** Refused by the broker while the group has members. Answers how many events come again. */
async function goBack(admin: Admin, groupId: string, topics: Topic[]): Promise<number> {
  const [before] = await admin.listConsumerGroupOffsets({ groups: [groupId] })
  const partitionsOf = (topic: Topic) => topicSettings().find(({ name }) => name === topic)?.partitions ?? 0
  const partitionOffsets = (topic: Topic) =>
    Array.from({ length: partitionsOf(topic) }, (_, partition) => ({ partition, offset: 0n }))
  await admin.alterConsumerGroupOffsets({
    groupId,
    topics: topics.map((name) => ({ name, partitionOffsets: partitionOffsets(name) })),
  })
  const done = (before?.topics ?? []).filter(({ name }) => topics.includes(name as Topic))
  return done
    .flatMap(({ partitions }) => partitions)
    .reduce((sum, { committedOffset }) => sum + Number(committedOffset), 0)
}
