import { TOPICS } from '@todo/model/events'
import { CONSUMERS, deadLetterTopic } from '@todo/platform/dapr/topics'
import { withAdmin } from './kafka-admin.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const MIB = 1024 * 1024

export interface TopicSettings {
  name: string
  partitions: number
  configs: Record<string, string>
}

/** Every topic of the app. */
export function topicSettings(): TopicSettings[] {
  return TOPICS.flatMap((topic) => [
    {
      name: topic,
      partitions: 6,
      // A request is 1 MiB at most, and an event tells what was before and after.
      configs: { 'retention.ms': String(14 * DAY_MS), 'max.message.bytes': String(2 * MIB) },
    },
    ...CONSUMERS[topic].map((consumer) => ({
      name: deadLetterTopic(topic, consumer),
      partitions: 1,
      // A dead letter has its event's whole content, in base64 if it has to be, and what became of it.
      configs: { 'retention.ms': String(90 * DAY_MS), 'max.message.bytes': String(4 * MIB) },
    })),
  ])
}

/** Makes the topics that are missing; those that are there stay as they are. */
export async function createTopics(brokers: string, topics: readonly TopicSettings[] = topicSettings()): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    const known = new Set(await admin.listTopics())
    for (const { name, partitions, configs } of topics) {
      if (known.has(name)) continue
      const entries = Object.entries(configs).map(([name, value]) => ({ name, value }))
      await admin.createTopics({ topics: [name], partitions, replicas: 1, configs: entries })
    }
  })
}
