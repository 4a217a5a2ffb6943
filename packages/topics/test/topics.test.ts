import { expect, test } from 'vitest'
import { TOPICS } from '@todo/model/events'
import { CONSUMERS, deadLetterTopic } from '@todo/platform/dapr/topics'
import { topicSettings } from '../src/topics.ts'

const named = (names: readonly string[]) => topicSettings().filter(({ name }) => names.includes(name))
const DEAD = TOPICS.flatMap((topic) => CONSUMERS[topic].map((consumer) => deadLetterTopic(topic, consumer)))

test('the broker has a topic for every topic of the events, one for the dead letters of each consumer, and no other', () => {
  const names = topicSettings().map(({ name }) => name)
  expect(names.toSorted()).toEqual([...TOPICS, ...DEAD].toSorted())
})

test('events are kept for a week and more, and a letter takes the largest event', () => {
  const events = named(TOPICS)
  const letters = named(DEAD)
  for (const { config } of events) expect(config['retention.ms']).toBeGreaterThanOrEqual(7 * 24 * 60 * 60 * 1_000)
  const largest = Math.max(...events.map(({ config }) => config['max.message.bytes']!))
  // In base64, which takes a third more, with some words about it.
  for (const { config } of letters) expect(config['max.message.bytes']).toBeGreaterThan(largest * 1.4)
})
