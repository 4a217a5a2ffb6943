import { TOPICS } from '@todo/model/events'
import type { Topic } from '@todo/model/events'
import type { ServiceName } from '@todo/platform/service'
import { withAdmin } from './kafka-admin.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const MIB = 1024 * 1024

/** Who subscribes to what, and so may give an event up. */
const CONSUMERS: Record<Topic, readonly ServiceName[]> = {
  'task-events': ['backend', 'recurring-task', 'notification', 'audit'],
  reminders: ['backend', 'notification', 'audit'],
  'task-updates': ['realtime'],
}

export interface TopicSettings {
  name: string
  partitions: number
  configs: Record<string, string>
}

/** A dead letter's topic: of one topic and one consumer, so that a replay reaches nobody else. */
export function deadLetterTopic(topic: Topic, consumer: ServiceName): string {
  return `${topic}.${consumer}.dead`
}

/** Every topic of the app. */
export function topicSettings(): TopicSettings[] {
  return TOPICS.flatMap((topic) => [
    {
      name: topic,
      partitions: 6,
      configs: { 'retention.ms': String(14 * DAY_MS), 'max.message.bytes': String(MIB) },
    },
    ...CONSUMERS[topic].map((consumer) => ({
      name: deadLetterTopic(topic, consumer),
      partitions: 1,
      // Larger than what can be published: a dead letter has its event's whole content, and headers on top.
      configs: { 'retention.ms': String(90 * DAY_MS), 'max.message.bytes': String(2 * MIB) },
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
