import { z } from 'zod'
import { eventName, events as declared } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { PublishError } from '../event-bus.ts'
import { refusal } from './client.ts'
import type { DaprClient } from './client.ts'
import { traceStateOf } from './event-filter.ts'
import { readMetadata } from './metadata.ts'
import { EVENTS } from './topics.ts'

/** Well below what a sidecar takes in one request (4 MiB); a larger event goes alone. */
const MAX_REQUEST_BYTES = 1024 * 1024
/** Within the lease that a relay has on what it publishes, and longer than the sidecar tries. */
const PUBLISH_MS = 20_000
/** Longer than a relay lets wait what failed (10 s) and a publish after it takes. */
const SHAKY_MS = 40_000

const CLOUD_EVENT = 'application/cloudevents+json'
/** What lies in the broker is our event and nothing else: the sidecar would add fields, and a `traceparent` of its own. */
const RAW = 'metadata.rawPayload=true'

/** What a component says that publishes a request in bulk by itself, which Kafka's does in order. */
const IN_BULK = 'BULK_PUBSUB'

const FailedEntries = z.object({ failedEntries: z.array(z.object({ entryId: z.string() })) })

/** Publishes through the sidecar: in bulk, in order, acknowledged by the broker. */
export class Publisher {
  readonly #client: DaprClient
  readonly #bulkPath: string
  #keepsOrder: boolean | undefined
  /**
   * Until when a topic is not trusted, after a publish to it failed: of a request, a later event may get through where an
   * earlier one does not. That another publish went through says nothing, since partitions recover one by one.
   */
  readonly #shakyUntil = new Map<string, number>()

  /** @param bulkApi version of the sidecar's API for bulk publishing: `v1.0-alpha1` in Dapr 1.16 */
  constructor(client: DaprClient, bulkApi = 'v1.0-alpha1') {
    this.#client = client
    this.#bulkPath = `/${bulkApi}/publish/bulk/${EVENTS}`
  }

  /** @throws PublishError naming the events of which it is not sure that the broker has them */
  async publish(events: readonly TodoEvent[]): Promise<void> {
    const signal = AbortSignal.timeout(PUBLISH_MS)
    const byTopic = Map.groupBy(events, topicOf)
    const settled = await Promise.all([...byTopic].map(([topic, some]) => this.#publishTo(topic, some, signal)))
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

  async #publishTo(topic: string, events: readonly TodoEvent[], signal: AbortSignal): Promise<Failure | null> {
    const isShaky = Date.now() < (this.#shakyUntil.get(topic) ?? 0)
    const isInOrder = !isShaky && (events.length === 1 || (await this.#orders()))
    const failure = await (isInOrder ? this.#inOrder(topic, events, signal) : this.#inWaves(topic, events, signal))
    if (failure) this.#shakyUntil.set(topic, Date.now() + SHAKY_MS)
    return failure
  }

  /** In no request two events of a key, and none of a key of which one has failed. */
  async #inWaves(topic: string, events: readonly TodoEvent[], signal: AbortSignal): Promise<Failure | null> {
    const eventIds = new Set<string>()
    const stuckKeys = new Set<string>()
    let error: unknown
    for (const wave of wavesOf(events)) {
      const free = wave.filter(({ partitionkey }) => !stuckKeys.has(partitionkey))
      const failure = free.length > 0 ? await this.#inOrder(topic, free, signal) : null
      error ??= failure?.error
      const failed = new Set(failure?.eventIds)
      for (const { id, partitionkey } of wave) {
        if (!stuckKeys.has(partitionkey) && !failed.has(id)) continue
        stuckKeys.add(partitionkey)
        eventIds.add(id)
      }
    }
    return eventIds.size > 0 ? { eventIds: [...eventIds], error } : null
  }

  /** Whether the broker gets the events of one request in their order. Not known: better not to trust it. */
  async #orders(): Promise<boolean> {
    if (this.#keepsOrder !== undefined) return this.#keepsOrder
    try {
      const { components } = await readMetadata(this.#client)
      const bus = components?.find(({ name }) => name === EVENTS)
      if (bus) this.#keepsOrder = bus.capabilities?.includes(IN_BULK) ?? false
    } catch {
      // Publishing finds out what is wrong with the sidecar.
    }
    return this.#keepsOrder ?? false
  }

  /** Stops at the first request that fails: what follows must not overtake. */
  async #inOrder(topic: string, events: readonly TodoEvent[], signal: AbortSignal): Promise<Failure | null> {
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
      const body = `[${entries.join(',')}]`
      const { ok, status, text } = await this.#client.request({ method: 'POST', path, headers, body, signal })
      return ok ? null : { entryIds: failedEntries(text), cause: refusal(status, text) }
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

/** The first event of each key, then the second of each that has one, and so on. */
function wavesOf(events: readonly TodoEvent[]): TodoEvent[][] {
  const counts = new Map<string, number>()
  const waves = Map.groupBy(events, ({ partitionkey }) => {
    const count = counts.get(partitionkey) ?? 0
    counts.set(partitionkey, count + 1)
    return count
  })
  return [...waves.values()]
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
  const { partitionkey, traceparent, type } = event
  // Kafka's headers: the binding of CloudEvents wants the type there, and the sidecar finds the trace and the name.
  const metadata = {
    partitionKey: partitionkey,
    'content-type': CLOUD_EVENT,
    ...(traceparent ? { traceparent } : {}),
    tracestate: traceStateOf(type),
  }
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
