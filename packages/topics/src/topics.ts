import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

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
