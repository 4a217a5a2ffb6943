import { randomUUID } from 'node:crypto'
import { Consumer, MessagesStreamModes } from '@platformatic/kafka'
import { TOPICS } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'

interface Place {
  topic: string
  partition: number
  offset: bigint
}

/** An event in the topics, at its first place there. */
export interface LoggedEvent extends Place {
  type: string
  /** How often it is there. */
  copies: number
}

/** What was published, in the order of the partitions, read on from where it was read last. */
export class TopicLog {
  readonly events = new Map<string, LoggedEvent>()
  /** An event of a task that was published for the first time after a later one of that task. */
  readonly overtaken: string[] = []
  /** Where the events of a task lie. */
  readonly partitions = new Map<string, number>()
  readonly #next = new Map<string, bigint>()
  readonly #versions = new Map<string, number>()

  /** @returns how many messages were new */
  async readOn(brokers: string): Promise<number> {
    const client = { clientId: 'faults', groupId: `faults-${randomUUID()}`, bootstrapBrokers: [brokers] }
    const consumer = new Consumer({ ...client, retries: 3, connectTimeout: 5_000, requestTimeout: 10_000 })
    try {
      const ends = await consumer.listOffsets({ topics: [...TOPICS] })
      const places = [...ends].flatMap(([topic, offsets]) =>
        offsets.map((end, partition) => ({
          topic,
          partition,
          end,
          offset: this.#next.get(`${topic}/${partition}`) ?? 0n,
        })),
      )
      const missing = places.reduce((sum, { end, offset }) => sum + Number(end - offset), 0)
      if (missing > 0) await this.#read(consumer, places, missing)
      return missing
    } finally {
      await consumer.close(true)
    }
  }

  async #read(consumer: Consumer, offsets: Place[], count: number): Promise<void> {
    const mode = MessagesStreamModes.MANUAL
    const stream = await consumer.consume({ topics: [...TOPICS], mode, offsets, autocommit: false, maxWaitTime: 100 })
    let read = 0
    for await (const { topic, partition, offset, value } of stream) {
      this.#take({ topic, partition, offset }, value)
      if ((read += 1) >= count) break
    }
  }

  #take(place: Place, value: Buffer): void {
    const { topic, partition, offset } = place
    this.#next.set(`${topic}/${partition}`, offset + 1n)
    const event = parse(value)
    if (!event) return
    const known = this.events.get(event.id)
    if (known) {
      known.copies += 1
      return
    }
    this.events.set(event.id, { ...place, type: event.type, copies: 1 })
    if (topic === 'task-events') this.#compare(event, place)
  }

  #compare({ id, type, data }: TodoEvent, { partition, offset }: Place): void {
    const { taskId, version } = data as { taskId?: string; version?: number }
    if (!taskId || version === undefined) return
    this.partitions.set(taskId, partition)
    const before = this.#versions.get(taskId) ?? 0
    if (version <= before) {
      const where = `partition ${partition}, offset ${offset}`
      this.overtaken.push(`${type} ${id} with version ${version} after ${before} of task ${taskId} (${where})`)
    }
    this.#versions.set(taskId, Math.max(version, before))
  }
}

/** Null for what is no event of ours, such as a poison. */
function parse(value: Buffer): TodoEvent | null {
  try {
    const event = JSON.parse(value.toString()) as TodoEvent | null
    return typeof event?.id === 'string' ? event : null
  } catch {
    return null
  }
}
