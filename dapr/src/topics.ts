import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { withAdmin } from './kafka-admin.ts'

const Topics = z.array(
  z.strictObject({
    name: z.string(),
    partitions: z.int().positive(),
    config: z.record(z.string(), z.int()).describe('Settings of the topic, by their names in Kafka'),
  }),
)
export type TopicSettings = z.infer<typeof Topics>[number]

const FILE = new URL('../topics.yaml', import.meta.url)

/** Every topic of the app, out of the file that the chart has too. */
export function topicSettings(): TopicSettings[] {
  return Topics.parse(parse(readFileSync(FILE, 'utf8')))
}

/** Makes the topics that are missing; those that are there stay as they are. */
export async function createTopics(brokers: string, topics: readonly TopicSettings[] = topicSettings()): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    const known = new Set(await admin.listTopics())
    for (const { name, partitions, config } of topics) {
      if (known.has(name)) continue
      const configs = Object.entries(config).map(([name, value]) => ({ name, value: String(value) }))
      await admin.createTopics({ topics: [name], partitions, replicas: 1, configs })
    }
  })
}
