import { events, eventName } from '@todo/model/events'
import type { EventName, Topic } from '@todo/model/events'

/**
 * What is published with an event besides its content: W3C's `tracestate` with its name in it. A sidecar does not look into
 * a message, and of its headers lets a subscription see the trace only; that is enough to leave out what a consumer does
 * not want, which is most of what comes: half of all deliveries, each a request to the service.
 */
export function traceStateOf(type: string): string | undefined {
  const name = eventName(type)
  return name && `todo=${name}`
}

/**
 * Which messages of a topic are to be brought to who wants these events, as a sidecar's routing rule (CEL): all but the
 * declared ones that it does not want. What nobody declared, or tells no name, comes too: it must not be lost unseen.
 * `null` when every event is wanted.
 */
export function wantedOf(topic: Topic, wanted: readonly EventName[]): string | null {
  const declared = (Object.keys(events) as EventName[]).filter((name) => events[name].topic === topic)
  const unwanted = declared.filter((name) => !wanted.includes(name))
  if (unwanted.length === 0) return null
  const list = unwanted.map((name) => `"todo=${name}"`).join(', ')
  return `!has(event.tracestate) || !(event.tracestate in [${list}])`
}
