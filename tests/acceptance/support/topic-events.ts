import { randomUUID } from 'node:crypto'
import { Consumer, MessagesStreamModes, stringDeserializer } from '@platformatic/kafka'
import { TOPICS } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'

/** Every event that is in the topics now, each once, in the order of their times. */
export async function eventsInTopics(brokers: string): Promise<TodoEvent[]> {
  const consumer = new Consumer({
    clientId: 'acceptance',
    groupId: `acceptance-${randomUUID()}`,
    bootstrapBrokers: [brokers],
    deserializers: { value: stringDeserializer },
  })
  try {
    const ends = await consumer.listOffsets({ topics: [...TOPICS] })
    const count = [...ends.values()].flat().reduce((sum, offset) => sum + Number(offset), 0)
    const events = new Map<string, TodoEvent>()
    if (count === 0) return []
    const stream = await consumer.consume({
      topics: [...TOPICS],
      mode: MessagesStreamModes.EARLIEST,
      autocommit: false,
      maxWaitTime: 100,
    })
    let read = 0
    for await (const { value } of stream) {
      const event = JSON.parse(value) as TodoEvent
      events.set(event.id, event)
      if ((read += 1) >= count) break
    }
    return [...events.values()].toSorted((a, b) => Date.parse(a.time) - Date.parse(b.time))
  } finally {
    await consumer.close(true)
  }
}
