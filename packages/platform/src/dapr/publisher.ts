import { z } from 'zod'
import { eventName, events as declared } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { PublishError } from '../event-bus.ts'
import { refusal } from './client.ts'
import type { DaprClient } from './client.ts'
import { EVENTS } from './topics.ts'

/** Well below what a sidecar takes in one request (4 MiB); a larger event goes alone. */
const MAX_REQUEST_BYTES = 1024 * 1024
/** Within the lease that a relay has on what it publishes, and longer than the sidecar tries. */
const PUBLISH_MS = 20_000

const CLOUD_EVENT = 'application/cloudevents+json'
/** What lies in the broker is our event and nothing else: the sidecar would add fields, and a `traceparent` of its own. */
const RAW = 'metadata.rawPayload=true'

/** What a component says that publishes a request in bulk by itself, which Kafka's does in order. */
const IN_BULK = 'BULK_PUBSUB'

const Components = z.object({
  components: z.array(z.object({ name: z.string(), capabilities: z.array(z.string()).optional() })),
})

const FailedEntries = z.object({ failedEntries: z.array(z.object({ entryId: z.string() })) })

/** Publishes through the sidecar: in bulk, in order, acknowledged by the broker. */
export class Publisher {
  readonly #client: DaprClient
  readonly #bulkPath: string
  #keepsOrder: boolean | undefined

  /** @param bulkApi version of the sidecar's API for bulk publishing: `v1.0-alpha1` in Dapr 1.16 */
  constructor(client: DaprClient, bulkApi = 'v1.0-alpha1') {
    this.#client = client
    this.#bulkPath = `/${bulkApi}/publish/bulk/${EVENTS}`
  }

  /** @throws PublishError naming the events of which it is not sure that the broker has them */
  async publish(events: readonly TodoEvent[]): Promise<void> {
    const signal = AbortSignal.timeout(PUBLISH_MS)
    const byTopic = Map.groupBy(events, topicOf)
    const settled = await Promise.all([...byTopic].map(([topic, some]) => this.#inOrder(topic, some, signal)))
    const failures = settled.filter((failure) => failure !== null)
    const eventIds = failures.flatMap((failure) => failure.eventIds)
    if (eventIds.length > 0) throw new PublishError(eventIds, failures[0]?.error)
  }

  /** One message, with a body of any form. */
  async send(topic: string, body: unknown): Promise<void> {
    const path = `/v1.0/publish/${EVENTS}/${encodeURIComponent(topic)}?${RAW}`
    const headers = { 'content-type': CLOUD_EVENT }
    await this.#client.send({ method: 'POST', path, headers, body: JSON.stringify(body) })
  }

  /** Where the sidecar would publish the events of a request side by side, it gets one of each key at a time. */
  async #inOrder(topic: string, events: readonly TodoEvent[], signal: AbortSignal): Promise<Failure | null> {
    const waves = events.length === 1 || (await this.#orders()) ? [events] : wavesOf(events)
    for (const [index, wave] of waves.entries()) {
      const failure = await this.#inRequests(topic, wave, signal)
      const later = waves.slice(index + 1).flat()
      if (failure) return { ...failure, eventIds: [...failure.eventIds, ...later.map(({ id }) => id)] }
    }
    return null
  }

  /** Whether the broker gets the events of one request in their order. Not known: better not to trust it. */
  async #orders(): Promise<boolean> {
    if (this.#keepsOrder !== undefined) return this.#keepsOrder
    try {
      const response = await this.#client.send({ method: 'GET', path: '/v1.0/metadata' })
      const { components } = Components.parse(await response.json())
      const bus = components.find(({ name }) => name === EVENTS)
      if (bus) this.#keepsOrder = bus.capabilities?.includes(IN_BULK) ?? false
    } catch {
      // Publishing finds out what is wrong with the sidecar.
    }
    return this.#keepsOrder ?? false
  }

  /** Stops at the first request that fails: what follows must not overtake. */
  async #inRequests(topic: string, events: readonly TodoEvent[], signal: AbortSignal): Promise<Failure | null> {
    const entries = events.map(entryOf)
    let done = 0
    for (const size of requestSizes(entries)) {
      const error = await this.#bulk(topic, entries.slice(done, done + size), signal)
      if (error) {
        const ids = (some: readonly TodoEvent[]) => some.map(({ id }) => id)
        const failed = error.entryIds.map((entryId) => events[Number(entryId)]).filter((event) => event !== undefined)
        const tried = failed.length > 0 ? failed : events.slice(done, done + size)
        return { eventIds: [...ids(tried), ...ids(events.slice(done + size))], error: error.cause }
      }
      done += size
    }
    return null
  }

  async #bulk(topic: string, entries: string[], signal: AbortSignal): Promise<BulkFailure | null> {
    const path = `${this.#bulkPath}/${encodeURIComponent(topic)}?${RAW}`
    const headers = { 'content-type': 'application/json' }
    try {
      const response = await this.#client.request({
        method: 'POST',
        path,
        headers,
        body: `[${entries.join(',')}]`,
        signal,
      })
      if (response.ok) return null
      const told = await response.text()
      return { entryIds: failedEntries(told), cause: refusal(response.status, told) }
    } catch (cause) {
      return { entryIds: [], cause }
    }
  }
}

interface Failure {
  eventIds: string[]
  error: unknown
}

interface BulkFailure {
  /** Empty: nobody knows. */
  entryIds: string[]
  cause: unknown
}

function topicOf({ type }: TodoEvent): string {
  const name = eventName(type)
  if (!name) throw new Error(`no event is declared for ${type}`)
  return declared[name].topic
}

/** The first event of each key, then the second of each, and so on. */
function wavesOf(events: readonly TodoEvent[]): TodoEvent[][] {
  const waves: TodoEvent[][] = []
  for (const sameKey of Map.groupBy(events, ({ partitionkey }) => partitionkey).values()) {
    for (const [index, event] of sameKey.entries()) (waves[index] ??= []).push(event)
  }
  return waves
}

/** How many entries go into each request. */
function requestSizes(entries: readonly string[]): number[] {
  const sizes: number[] = []
  let bytes = Infinity
  for (const entry of entries) {
    bytes += Buffer.byteLength(entry)
    if (bytes > MAX_REQUEST_BYTES) {
      sizes.push(0)
      bytes = Buffer.byteLength(entry)
    }
    sizes[sizes.length - 1]! += 1
  }
  return sizes
}

function entryOf(event: TodoEvent, index: number): string {
  const { partitionkey, traceparent } = event
  // Kafka's headers: the binding of CloudEvents wants the type there, and the sidecar finds the trace.
  const metadata = { partitionKey: partitionkey, 'content-type': CLOUD_EVENT, ...(traceparent ? { traceparent } : {}) }
  return JSON.stringify({ entryId: String(index), event, contentType: CLOUD_EVENT, metadata })
}

/** The broker may have taken some: the sidecar names the others. */
function failedEntries(told: string): string[] {
  try {
    return FailedEntries.parse(JSON.parse(told)).failedEntries.map(({ entryId }) => entryId)
  } catch {
    return []
  }
}
